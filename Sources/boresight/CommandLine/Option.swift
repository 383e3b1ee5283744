/// An option that commands declare and read: `--name VALUE`, `--name=VALUE`, or `--name` alone.
struct Option<Value: TextValue>: Sendable {
    let declaration: OptionDeclaration

    /// An option that takes a value; given twice, the last one counts unless it is repeatable.
    init(
        _ name: String, short: Character? = nil, placeholder: String = Value.placeholder,
        repeatable: Bool = false, hidden: Bool = false, default: String? = nil, _ help: String
    ) {
        declaration = OptionDeclaration(
            name: name, short: short, placeholder: placeholder, isRepeatable: repeatable,
            isHidden: hidden, defaultText: `default`, help: help
        ) { text throws(TextValueProblem) in
            _ = try Value(text: text)
        }
    }
}

/// An option without a value: it is there or not.
struct Flag: Sendable {
    let declaration: OptionDeclaration

    init(_ name: String, short: Character? = nil, _ help: String) {
        declaration = OptionDeclaration(
            name: name, short: short, placeholder: nil, isRepeatable: false, isHidden: false,
            defaultText: nil, help: help
        ) { _ throws(TextValueProblem) in }
    }
}

/// What the parser and the help text know of an option.
struct OptionDeclaration: Sendable {
    let name: String
    let short: Character?
    /// How help names the value; nil when the option takes none.
    let placeholder: String?
    let isRepeatable: Bool
    let isHidden: Bool
    let defaultText: String?
    /// A sentence without a full stop.
    let help: String
    let check: @Sendable (String) throws(TextValueProblem) -> Void
}
