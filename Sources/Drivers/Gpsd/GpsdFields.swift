/// The outermost members of one JSON object, found without building a tree.
///
/// Strict enough for gpsd's compact objects: what is not one is refused, nested values are skipped
/// over. Of two members with one name the last counts.
struct GpsdFields {
    private enum Value {
        case text(String)
        case integer(Int)
        /// A fraction, a word, an array or an object.
        case other
    }

    /// Nested deeper than this nothing of gpsd's is.
    private static let depthLimit = 8

    private var values: [String: Value] = [:]

    init?(_ line: [UInt8]) {
        var scanner = Scanner(rest: line[...])
        guard scanner.take("{") else { return nil }
        while !scanner.take("}") {
            guard values.isEmpty || scanner.take(","), let name = scanner.string(),
                scanner.take(":"), let value = scanner.value(0)
            else { return nil }
            values[name] = value
        }
        guard scanner.isAtEnd else { return nil }
    }

    func text(_ name: String) -> String? {
        guard case .text(let text) = values[name] else { return nil }
        return text
    }

    func integer(_ name: String) -> Int? {
        guard case .integer(let number) = values[name] else { return nil }
        return number
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    private struct Scanner {
        var rest: ArraySlice<UInt8>

        var isAtEnd: Bool { rest.allSatisfy { $0 == 0x20 || $0 == 0x09 } }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
            guard rest.first == UInt8(ascii: character) else { return false }
            rest = rest.dropFirst()
            return true
        }

        /// A string; escapes other than of quote and backslash are kept as they stand.
        mutating func string() -> String? {
            guard take("\"") else { return nil }
            var bytes: [UInt8] = []
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
                guard byte == UInt8(ascii: "\\") else {
                    bytes.append(byte)
                    continue
                }
                guard let escaped = rest.popFirst() else { return nil }
                let isPlain = [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")]
                    .contains(escaped)
                bytes += isPlain ? [escaped] : [byte, escaped]
            }
            return nil
        }

        mutating func value(_ depth: Int) -> Value? {
            guard depth < GpsdFields.depthLimit else { return nil }
            rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
            switch rest.first {
            case UInt8(ascii: "\""): return string().map { .text($0) }
            case UInt8(ascii: "["): return sequence("[", "]", depth)
            case UInt8(ascii: "{"): return sequence("{", "}", depth)
            default: return word()
            }
        }

        private mutating func sequence(
            _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ depth: Int
        ) -> Value? {
            guard take(open) else { return nil }
            if take(close) { return .other }
            repeat {
                if open == "{" {
                    guard string() != nil, take(":") else { return nil }
                }
                guard value(depth + 1) != nil else { return nil }
            } while take(",")
            return take(close) ? .other : nil
        }

        /// A number, `true`, `false` or `null`.
        private mutating func word() -> Value? {
            let word = rest.prefix { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x45
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
                    || byte == UInt8(ascii: ".")
            }
            guard !word.isEmpty else { return nil }
            rest = rest.dropFirst(word.count)
            return Int(String(decoding: word, as: UTF8.self)).map { .integer($0) } ?? .other
        }
    }
}
