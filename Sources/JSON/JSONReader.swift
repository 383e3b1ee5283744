/// Reads JSON text into a value, strictly (RFC 8259).
///
/// Never traps, whatever the bytes are.
package struct JSONReader {
    /// Which texts are accepted.
    package enum Dialect: Sendable {
        /// RFC 8259 exactly.
        case strict
        /// Also `//` and `/* */` comments, and a comma after the last element: for files that
        /// people write.
        case commented
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let limits: JSONLimits
    private let dialect: Dialect
    private var offset = 0
    private var depth = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits, _ dialect: Dialect) {
        self.bytes = bytes
        self.limits = limits
        self.dialect = dialect
    }

    /// Reads one value that is the whole text.
    package static func read(
        _ bytes: [UInt8], limits: JSONLimits = JSONLimits(), dialect: Dialect = .strict
    ) throws(JSONError) -> JSONValue {
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSONValue, JSONError> in
            var reader = JSONReader(buffer, limits, dialect)
            do throws(JSONError) {
                return .success(try reader.readDocument())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private mutating func readDocument() throws(JSONError) -> JSONValue {
        try skipSpace()
        let value = try readValue()
        try skipSpace()
        guard offset == bytes.count else { throw error(.bytesAfterValue) }
        return value
    }

    // MARK: Values

    private mutating func readValue() throws(JSONError) -> JSONValue {
        switch try peek() {
        case UInt8(ascii: "{"): return try readObject()
        case UInt8(ascii: "["): return try readArray()
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        default: return try readNumber()
        }
    }

    private mutating func readObject() throws(JSONError) -> JSONValue {
        try enter()
        var object = JSONObject()
        try skipSpace()
        while try peek() != UInt8(ascii: "}") {
            guard try peek() == UInt8(ascii: "\"") else { throw error(.unexpectedByte) }
            let key = try readString()
            try skipSpace()
            guard try peek() == UInt8(ascii: ":") else { throw error(.unexpectedByte) }
            offset += 1
            try skipSpace()
            object[key] = try readValue()
            guard try readSeparator(before: UInt8(ascii: "}")) else { break }
        }
        leave()
        return .object(object)
    }

    private mutating func readArray() throws(JSONError) -> JSONValue {
        try enter()
        var array: [JSONValue] = []
        try skipSpace()
        while try peek() != UInt8(ascii: "]") {
            array.append(try readValue())
            guard try readSeparator(before: UInt8(ascii: "]")) else { break }
        }
        leave()
        return .array(array)
    }

    /// Skips a comma; false when the closing bracket comes instead.
    private mutating func readSeparator(before end: UInt8) throws(JSONError) -> Bool {
        try skipSpace()
        if try peek() == end { return false }
        guard try peek() == UInt8(ascii: ",") else { throw error(.unexpectedByte) }
        offset += 1
        try skipSpace()
        if try peek() == end, dialect == .strict { throw error(.unexpectedByte) }
        return true
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= limits.depth else { throw error(.tooDeep) }
        offset += 1
    }

    private mutating func leave() {
        depth -= 1
        offset += 1
    }

    private mutating func readWord(
        _ word: StaticString, _ value: JSONValue
    ) throws(JSONError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard try peek() == word.utf8Start[index] else { throw error(.unexpectedByte) }
            offset += 1
        }
        return value
    }

    // MARK: Numbers

    private mutating func readNumber() throws(JSONError) -> JSONValue {
        let start = offset
        var isInteger = true
        if try peek() == UInt8(ascii: "-") { offset += 1 }
        guard let first = current, isDigit(first) else {
            throw error(offset == start ? .unexpectedByte : .invalidNumber)
        }
        offset += 1
        if first != UInt8(ascii: "0") {
            skipDigits()
        } else if let next = current, isDigit(next) {
            throw error(.invalidNumber)
        }
        if current == UInt8(ascii: ".") {
            isInteger = false
            offset += 1
            guard skipDigits() else { throw error(.invalidNumber) }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            offset += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { offset += 1 }
            guard skipDigits() else { throw error(.invalidNumber) }
        }
        return try number(start..<offset, isInteger: isInteger)
    }

    private func number(
        _ range: Range<Int>, isInteger: Bool
    ) throws(JSONError) -> JSONValue {
        guard range.count <= limits.numberBytes else {
            throw error(.numberTooLarge, at: range.lowerBound)
        }
        let text = String(decoding: bytes[range], as: UTF8.self)
        // "-0" is the number minus zero, which no integer can show.
        if isInteger, text != "-0", let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            throw error(.numberTooLarge, at: range.lowerBound)
        }
        return .number(value)
    }

    @discardableResult
    private mutating func skipDigits() -> Bool {
        let start = offset
        while let byte = current, isDigit(byte) { offset += 1 }
        return offset > start
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    // MARK: Strings

    private mutating func readString() throws(JSONError) -> String {
        offset += 1
        let start = offset
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"),
            byte >= 0x20
        {
            offset += 1
        }
        guard current == UInt8(ascii: "\"") else { return try readEscapedString(from: start) }
        let text = try utf8(bytes[start..<offset], at: start)
        offset += 1
        return text
    }

    private mutating func readEscapedString(from start: Int) throws(JSONError) -> String {
        var buffer = Array(bytes[start..<offset])
        while true {
            let byte = try peek()
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                return try utf8(buffer[...], at: start)
            case UInt8(ascii: "\\"):
                try readEscape(into: &buffer)
            case 0..<0x20:
                throw error(.controlCharacter, at: offset - 1)
            default:
                buffer.append(byte)
            }
        }
    }

    private mutating func readEscape(into buffer: inout [UInt8]) throws(JSONError) {
        let byte = try peek()
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try readUnicodeEscape()
            buffer.append(contentsOf: String(Character(scalar)).utf8)
        default: throw error(.invalidEscape, at: offset - 1)
        }
    }

    private mutating func readUnicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let start = offset - 2
        let first = try readHexDigits()
        if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
        guard first < 0xDC00, current == UInt8(ascii: "\\") else {
            throw error(.loneSurrogate, at: start)
        }
        offset += 1
        guard try peek() == UInt8(ascii: "u") else { throw error(.loneSurrogate, at: start) }
        offset += 1
        let second = try readHexDigits()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(
                0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        else { throw error(.loneSurrogate, at: start) }
        return scalar
    }

    private mutating func readHexDigits() throws(JSONError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            let byte = try peek()
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw error(.invalidEscape)
            }
            value = value << 4 | UInt16(digit)
            offset += 1
        }
        return value
    }

    private func utf8(
        _ slice: some Collection<UInt8>, at start: Int
    ) throws(JSONError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw error(.invalidUTF8, at: start)
        }
        return text
    }

    // MARK: Bytes

    private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private func peek() throws(JSONError) -> UInt8 {
        guard offset < bytes.count else { throw error(.unexpectedEnd) }
        return bytes[offset]
    }

    private mutating func skipSpace() throws(JSONError) {
        while let byte = current {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            case UInt8(ascii: "/") where dialect == .commented: try skipComment()
            default: return
            }
        }
    }

    private mutating func skipComment() throws(JSONError) {
        let start = offset
        offset += 1
        switch current {
        case UInt8(ascii: "/"):
            while let byte = current, byte != 0x0A { offset += 1 }
        case UInt8(ascii: "*"):
            offset += 1
            var last: UInt8 = 0
            while let byte = current, !(last == UInt8(ascii: "*") && byte == UInt8(ascii: "/")) {
                last = byte
                offset += 1
            }
            guard current != nil else { throw error(.unexpectedEnd, at: start) }
            offset += 1
        default: throw error(.unexpectedByte, at: start)
        }
    }

    private func error(_ kind: JSONError.Kind, at place: Int? = nil) -> JSONError {
        let place = place ?? offset
        let before = bytes[0..<min(place, bytes.count)]
        let line = 1 + before.count { $0 == 0x0A }
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return JSONError(kind: kind, offset: place, line: line, column: place - lineStart + 1)
    }
}
