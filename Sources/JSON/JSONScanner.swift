/// Looks for one top-level member of an object without reading the rest into memory.
///
/// It accepts more than JSON: it only finds its way over strings and brackets. What it finds must
/// still be read strictly before anything is made of it. Never traps.
package enum JSONScanner {
    /// The text of a top-level member that is a string without escapes; nil otherwise.
    ///
    /// When the key comes twice, the last one counts, as in `JSONReader`.
    package static func string(at key: StaticString, in bytes: [UInt8]) -> String? {
        bytes.withUnsafeBufferPointer { buffer in
            range(of: key, in: buffer).map { String(decoding: buffer[$0], as: UTF8.self) }
        }
    }

    private static func range(
        of key: StaticString, in bytes: UnsafeBufferPointer<UInt8>
    ) -> Range<Int>? {
        var found: Range<Int>?
        var depth = 0
        var offset = 0
        var lastString: Range<Int>?
        /// True right after the colon behind the wanted key.
        var isWanted = false
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = skipString(bytes, from: offset) else { return nil }
                if isWanted { found = string.plain }
                isWanted = false
                lastString = string.plain
                offset = string.end
            case UInt8(ascii: ":"):
                isWanted = depth == 1 && lastString.map { equals(bytes, $0, key) } ?? false
                if isWanted { found = nil }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if depth == 0, byte == UInt8(ascii: "[") { return nil }
                depth += 1
                isWanted = false
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
            case UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D: break
            default:
                guard depth > 0 else { return nil }
                isWanted = false
            }
        }
        return depth == 0 ? found : nil
    }

    /// The end of a string that begins at `start`, and its bytes when it has no escapes.
    private static func skipString(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (plain: Range<Int>?, end: Int)? {
        var offset = start
        var hasEscapes = false
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                return (hasEscapes ? nil : start..<offset, offset + 1)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                offset += 2
            default:
                offset += 1
            }
        }
        return nil
    }

    private static func equals(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ key: StaticString
    ) -> Bool {
        guard range.count == key.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where bytes[range.lowerBound + index] != key.utf8Start[index] {
            return false
        }
        return true
    }
}
