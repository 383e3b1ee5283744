/// The characters of a JSON5 text one after the other, and the place of the next one.
struct JSON5Cursor {
    private let scalars: [Unicode.Scalar]
    private var offset = 0
    private(set) var place = TextPlace()

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        // A byte order mark is no character of the text (RFC 8259 §8.1).
        if scalars.first == "\u{FEFF}" { offset = 1 }
    }

    var next: Unicode.Scalar? { scalar(after: 0) }

    func scalar(after distance: Int) -> Unicode.Scalar? {
        let index = offset + distance
        return index < scalars.count ? scalars[index] : nil
    }

    @discardableResult
    mutating func take() -> Unicode.Scalar? {
        guard let scalar = next else { return nil }
        offset += 1
        // CR LF is one line end; a lone CR is one too.
        if scalar == "\n" || (scalar == "\r" && next != "\n") {
            place = TextPlace(line: place.line + 1, column: 1)
        } else {
            place.column += 1
        }
        return scalar
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        take()
        return true
    }

    mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = next, condition(scalar) {
            text.append(scalar)
            take()
        }
        return String(text)
    }

    /// Skips white space and comments (JSON5 §7, §8).
    mutating func skipSpace() throws(JSON5Problem) {
        while let scalar = next {
            if Self.isSpace(scalar) {
                take()
            } else if scalar == "/" {
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(JSON5Problem) {
        let start = place
        switch scalar(after: 1) {
        case "/":
            _ = take { !Self.isLineEnd($0) }
        case "*":
            take()
            take()
            while next != nil, !(next == "*" && scalar(after: 1) == "/") { take() }
            guard take() != nil, take() != nil else {
                throw JSON5Problem(place: start, message: "this comment does not end")
            }
        default:
            throw JSON5Problem(place: start, message: "'/' cannot stand here")
        }
    }

    static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}"
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\t", "\u{0B}", "\u{0C}", "\u{A0}", "\u{FEFF}": true
        default: isLineEnd(scalar) || scalar.properties.generalCategory == .spaceSeparator
        }
    }
}
