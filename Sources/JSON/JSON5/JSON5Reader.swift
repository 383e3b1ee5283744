/// Reads JSON5 (json5.org): JSON with comments, trailing commas, names without quotes.
///
/// It takes the texts that Foundation's decoder takes with `allowsJSON5` and gives the same values,
/// except where that decoder departs from JSON5; the tests hold the two against each other. It is
/// ours because Foundation tells neither where a text is wrong nor where a key stands, and costs a
/// daemon 5 MB of memory.
///
/// A name that comes twice in one object is an error. Never traps, whatever the text is.
package struct JSON5Reader {
    private var cursor: JSON5Cursor
    private let limits: JSON5Limits
    private var depth = 0

    private init(_ text: String, _ limits: JSON5Limits) {
        cursor = JSON5Cursor(text)
        self.limits = limits
    }

    /// Reads the one value that is the whole text.
    package static func read(
        _ bytes: [UInt8], limits: JSON5Limits = JSON5Limits()
    ) throws(JSON5Problem) -> JSON5Node {
        guard bytes.count <= limits.bytes else {
            throw JSON5Problem(place: TextPlace(), message: "more than \(limits.bytes) bytes")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw JSON5Problem(place: TextPlace(), message: "the text is not UTF-8")
        }
        var reader = JSON5Reader(text, limits)
        try reader.cursor.skipSpace()
        let node = try reader.readValue()
        try reader.cursor.skipSpace()
        guard reader.cursor.next == nil else { throw reader.unexpected() }
        return node
    }

    private mutating func readValue() throws(JSON5Problem) -> JSON5Node {
        let place = cursor.place
        let content: JSON5Node.Content
        switch cursor.next {
        case "{": content = try nested { reader throws(JSON5Problem) in try reader.readObject() }
        case "[": content = try nested { reader throws(JSON5Problem) in try reader.readArray() }
        case "\"", "'": content = .string(try readString())
        case let scalar? where Self.startsName(scalar): content = try readWord()
        default: content = .number(try readNumber())
        }
        return JSON5Node(place: place, content: content)
    }

    private mutating func nested(
        _ read: (inout JSON5Reader) throws(JSON5Problem) -> JSON5Node.Content
    ) throws(JSON5Problem) -> JSON5Node.Content {
        depth += 1
        guard depth <= limits.depth else {
            throw JSON5Problem(
                place: cursor.place, message: "more than \(limits.depth) levels deep")
        }
        cursor.take()
        let content = try read(&self)
        depth -= 1
        return content
    }

    private mutating func readObject() throws(JSON5Problem) -> JSON5Node.Content {
        var members: [JSON5Node.Member] = []
        var names: Set<String> = []
        while try !end("}") {
            let place = cursor.place
            let name = try readName()
            guard names.insert(name).inserted else {
                throw JSON5Problem(place: place, message: "'\(name)' comes twice")
            }
            try cursor.skipSpace()
            guard cursor.take(":") else { throw unexpected(insteadOf: "':' after '\(name)'") }
            try cursor.skipSpace()
            members.append(JSON5Node.Member(name: name, place: place, value: try readValue()))
            if try !comma(before: "}") { break }
        }
        return .object(members)
    }

    private mutating func readArray() throws(JSON5Problem) -> JSON5Node.Content {
        var elements: [JSON5Node] = []
        while try !end("]") {
            elements.append(try readValue())
            if try !comma(before: "]") { break }
        }
        return .array(elements)
    }

    private mutating func end(_ bracket: Unicode.Scalar) throws(JSON5Problem) -> Bool {
        try cursor.skipSpace()
        return cursor.take(bracket)
    }

    /// Takes a comma; false when the closing bracket came instead and was taken.
    private mutating func comma(before bracket: Unicode.Scalar) throws(JSON5Problem) -> Bool {
        try cursor.skipSpace()
        if cursor.take(bracket) { return false }
        guard cursor.take(",") else { throw unexpected(insteadOf: "',' or '\(bracket)'") }
        return true
    }

    // MARK: Names and words

    private mutating func readName() throws(JSON5Problem) -> String {
        switch cursor.next {
        case "\"", "'": return try readString()
        case let scalar? where Self.startsName(scalar): return cursor.take(while: Self.isInName)
        default: throw unexpected(insteadOf: "a name")
        }
    }

    private mutating func readWord() throws(JSON5Problem) -> JSON5Node.Content {
        let place = cursor.place
        let word = cursor.take(while: Self.isInName)
        switch word {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "NaN", "Infinity": return .number(word)
        default:
            throw JSON5Problem(place: place, message: "'\(word)' is no value; a text needs quotes")
        }
    }

    private static func startsName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "$" || scalar == "_" || scalar.properties.isIDStart
    }

    private static func isInName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "$" || scalar.properties.isIDContinue
    }

    // MARK: Numbers

    private mutating func readNumber() throws(JSON5Problem) -> String {
        let place = cursor.place
        var sign = ""
        if cursor.take("-") { sign = "-" } else { _ = cursor.take("+") }
        if cursor.next == "I" || cursor.next == "N", case .number(let word) = try readWord() {
            return sign + word
        }
        let digits = cursor.take { scalar in
            scalar.properties.isASCIIHexDigit || "+-.xX".unicodeScalars.contains(scalar)
        }
        guard !digits.isEmpty else { throw unexpected(insteadOf: "a value") }
        guard let text = Self.decimal(digits) else {
            throw JSON5Problem(place: place, message: "'\(sign)\(digits)' is no number")
        }
        return sign + text
    }

    /// The number without its sign as Swift reads it, or nil when it is none.
    private static func decimal(_ digits: String) -> String? {
        if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
            guard digits.dropFirst(2).allSatisfy(\.isHexDigit) else { return nil }
            return UInt64(digits.dropFirst(2), radix: 16).map(String.init)
        }
        // Double's reader also takes hexadecimal, which went above, and signs, which went before.
        guard let first = digits.first, first != "+", first != "-", digits != ".",
            !(first == "0" && digits.dropFirst().first?.isNumber == true),
            let value = Double(digits), value.isFinite
        else { return nil }
        return digits
    }

    // MARK: Texts

    private mutating func readString() throws(JSON5Problem) -> String {
        let start = cursor.place
        let quote = cursor.take()
        var text = String.UnicodeScalarView()
        while let scalar = cursor.next, scalar != quote {
            if scalar == "\n" || scalar == "\r" { break }
            cursor.take()
            if scalar == "\\" {
                try readEscape(into: &text)
            } else if scalar.value < 0x20 {
                throw JSON5Problem(place: start, message: "a control character must be escaped")
            } else {
                text.append(scalar)
            }
        }
        guard cursor.next == quote else {
            throw JSON5Problem(place: start, message: "this text has no closing quote")
        }
        cursor.take()
        return String(text)
    }

    private mutating func readEscape(
        into text: inout String.UnicodeScalarView
    ) throws(JSON5Problem) {
        let place = cursor.place
        guard let scalar = cursor.take() else { return }
        switch scalar {
        case "b": text.append("\u{08}")
        case "f": text.append("\u{0C}")
        case "n": text.append("\n")
        case "r": text.append("\r")
        case "t": text.append("\t")
        case "v": text.append("\u{0B}")
        case "0": text.append("\0")
        case "\r": _ = cursor.take("\n")
        case "\n", "\u{2028}", "\u{2029}": break
        case "x": text.append(Unicode.Scalar(UInt8(try readHex(digits: 2, place) & 0xFF)))
        case "u": text.append(try readUnicodeEscape(place))
        case "1"..."9":
            throw JSON5Problem(place: place, message: "a digit cannot be escaped")
        default: text.append(scalar)
        }
    }

    private mutating func readUnicodeEscape(
        _ place: TextPlace
    ) throws(JSON5Problem) -> Unicode.Scalar {
        let first = try readHex(digits: 4, place)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, cursor.take("\\"), cursor.take("u") else {
            throw JSON5Problem(place: place, message: "half of a surrogate pair")
        }
        let second = try readHex(digits: 4, place)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw JSON5Problem(place: place, message: "half of a surrogate pair") }
        return scalar
    }

    private mutating func readHex(
        digits: Int, _ place: TextPlace
    ) throws(JSON5Problem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let scalar = cursor.take(), scalar.properties.isASCIIHexDigit,
                let digit = UInt32(String(scalar), radix: 16)
            else { throw JSON5Problem(place: place, message: "an escape lacks hex digits") }
            value = value << 4 | digit
        }
        return value
    }

    // MARK: Errors

    private func unexpected(insteadOf wanted: String? = nil) -> JSON5Problem {
        let found = cursor.next.map { "'\($0)'" } ?? "the end of the text"
        let message = wanted.map { "\(found) stands where \($0) should" } ?? "\(found) is too much"
        return JSON5Problem(place: cursor.place, message: message)
    }
}
