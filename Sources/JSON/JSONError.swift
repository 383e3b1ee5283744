/// Why a text is not JSON, and where.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Kind: Sendable, Equatable {
        case unexpectedEnd
        case unexpectedByte
        case invalidNumber
        /// A number beyond the range of a 64-bit float, or of too many digits.
        case numberTooLarge
        case invalidEscape
        case loneSurrogate
        case controlCharacter
        case invalidUTF8
        case tooDeep
        case bytesAfterValue
    }

    package let kind: Kind
    /// Bytes before the place.
    package let offset: Int
    /// From 1.
    package let line: Int
    /// In bytes, from 1.
    package let column: Int

    package var description: String {
        "line \(line), column \(column): " + kind.text
    }
}

extension JSONError.Kind {
    package var text: String {
        switch self {
        case .unexpectedEnd: "the text ends too early"
        case .unexpectedByte: "this character cannot stand here"
        case .invalidNumber: "this is not a valid number"
        case .numberTooLarge: "the number is too large"
        case .invalidEscape: "unknown escape after a backslash"
        case .loneSurrogate: "half of a surrogate pair"
        case .controlCharacter: "a control character must be escaped"
        case .invalidUTF8: "not valid UTF-8"
        case .tooDeep: "nested too deeply"
        case .bytesAfterValue: "something follows the value"
        }
    }
}
