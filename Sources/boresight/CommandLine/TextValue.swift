/// A type whose values people write as one word: on the command line, in the environment, in the
/// configuration file.
protocol TextValue: Sendable {
    /// How help names the value, such as `HOST:PORT`.
    static var placeholder: String { get }

    init(text: String) throws(TextValueProblem)
}

/// What is wrong with a written value; reads on after "--option VALUE: ".
struct TextValueProblem: Error, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}

extension String: TextValue {
    static var placeholder: String { "TEXT" }

    init(text: String) throws(TextValueProblem) {
        guard !text.isEmpty else { throw TextValueProblem("must not be empty") }
        self = text
    }
}

extension Int: TextValue {
    static var placeholder: String { "N" }

    init(text: String) throws(TextValueProblem) {
        guard let value = Int(text) else { throw TextValueProblem("is not a whole number") }
        self = value
    }
}

extension UInt64: TextValue {
    static var placeholder: String { "N" }

    init(text: String) throws(TextValueProblem) {
        guard let value = UInt64(text) else {
            throw TextValueProblem("is not a whole number from 0 to 18446744073709551615")
        }
        self = value
    }
}

/// A type of which only a few words are values.
protocol TextChoice: TextValue, RawRepresentable, CaseIterable where RawValue == String {}

extension TextChoice {
    static var placeholder: String { allCases.map(\.rawValue).joined(separator: "|") }

    init(text: String) throws(TextValueProblem) {
        guard let value = Self(rawValue: text) else {
            let choices = Self.allCases.map(\.rawValue)
            let meant = Suggestion.nearest(to: text, among: choices).map { "; did you mean \($0)?" }
            throw TextValueProblem(
                "is not one of " + choices.joined(separator: ", ") + (meant ?? ""))
        }
        self = value
    }
}

/// A text that may be empty, which takes away what was there.
struct FreeText: TextValue, Equatable {
    static let placeholder = "TEXT"

    let text: String

    init(text: String) {
        self.text = text
    }
}
