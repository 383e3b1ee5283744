/// A 64-bit hash chain: equal chains mean that two runs saw the same events in the same order.
///
/// Not cryptographic; it guards against accidents, not against an adversary.
package struct TraceHash: ByteSink, Sendable, Equatable {
    package private(set) var value: UInt64

    package init(seed: UInt64 = 0) {
        value = seed ^ 0x9E37_79B9_7F4A_7C15
    }

    @inline(__always)
    package mutating func append(_ next: UInt64) {
        // A full 128-bit product, folded: every input bit reaches every output bit.
        let product = (value ^ next).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        value = product.high ^ product.low ^ 0xE703_7ED1_A0B4_28DB &+ next
    }

    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        var offset = 0
        while offset + 8 <= bytes.count {
            append(
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        var tail: UInt64 = 0
        while offset < bytes.count {
            tail = tail << 8 | UInt64(bytes[offset])
            offset += 1
        }
        append(tail)
    }
}
