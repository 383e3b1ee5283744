/// Where the next byte goes, in room that was made before.
extension UnsafeMutablePointer<UInt8> {
    /// Writes one byte and moves behind it.
    @inline(__always)
    mutating func put(_ byte: UInt8) {
        pointee = byte
        self += 1
    }

    @inline(__always)
    mutating func put(hex digit: UInt8) {
        put(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }

    /// Copies bytes; short ones without a call, for most keys and texts are short.
    @inline(__always)
    mutating func put(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        let from = UnsafeRawPointer(bytes)
        let to = UnsafeMutableRawPointer(self)
        // Two words that overlap hold any length between one and two of them.
        switch count {
        case 8...16:
            let last = from.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            to.storeBytes(of: from.loadUnaligned(as: UInt64.self), as: UInt64.self)
            to.storeBytes(of: last, toByteOffset: count - 8, as: UInt64.self)
        case 4..<8:
            let last = from.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
            to.storeBytes(of: from.loadUnaligned(as: UInt32.self), as: UInt32.self)
            to.storeBytes(of: last, toByteOffset: count - 4, as: UInt32.self)
        default: update(from: bytes, count: count)
        }
        self += count
    }

    @inline(__always)
    mutating func put(key: StaticString) {
        put(UInt8(ascii: "\""))
        put(key.utf8Start, key.utf8CodeUnitCount)
        put(UInt8(ascii: "\""))
        put(UInt8(ascii: ":"))
    }

    @inline(__always)
    mutating func put(_ text: UnsafeBufferPointer<UInt8>, _ escapes: JSONEscapes) {
        put(UInt8(ascii: "\""))
        escapes.write(text, at: &self)
        put(UInt8(ascii: "\""))
    }

    @inline(__always)
    mutating func put(_ number: Int64) {
        if number < 0 { put(UInt8(ascii: "-")) }
        put(digitsOf: number.magnitude)
    }

    /// Needs room for `longestNumber`, whatever the number.
    @inline(__always)
    mutating func put(digitsOf number: UInt64) {
        // Two at a time from the end of the room, then moved to its start.
        let last = self + longestNumber
        var first = last
        var rest = number
        while rest >= 100 {
            let pair = UInt8(truncatingIfNeeded: rest % 100)
            rest /= 100
            first -= 2
            first[0] = UInt8(ascii: "0") + pair / 10
            first[1] = UInt8(ascii: "0") + pair % 10
        }
        let pair = UInt8(truncatingIfNeeded: rest)
        first -= 1
        first[0] = UInt8(ascii: "0") + pair % 10
        if pair >= 10 {
            first -= 1
            first[0] = UInt8(ascii: "0") + pair / 10
        }
        update(from: first, count: last - first)
        self += last - first
    }
}

/// Digits of the longest 64-bit number.
let longestNumber = 20
