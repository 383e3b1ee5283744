/// A command line after parsing: which command, and the checked words given to it.
struct Invocation: Sendable {
    /// The names from the first noun to the verb.
    let path: [String]
    /// Values by option name, in the order given; an empty text stands for a flag.
    let optionTexts: [String: [String]]
    /// Words by argument name.
    let argumentTexts: [String: [String]]

    /// The option's value, the last one when it was given several times.
    subscript<Value>(option: Option<Value>) -> Value? {
        optionTexts[option.declaration.name]?.last.flatMap { try? Value(text: $0) }
    }

    subscript(flag: Flag) -> Bool {
        optionTexts[flag.declaration.name] != nil
    }

    subscript<Value>(argument: Argument<Value>) -> Value? {
        argumentTexts[argument.declaration.name]?.last.flatMap { try? Value(text: $0) }
    }

    /// All values of a repeatable argument or option, in their order.
    func all<Value>(_ argument: Argument<Value>) -> [Value] {
        argumentTexts[argument.declaration.name, default: []].compactMap { try? Value(text: $0) }
    }

    func all<Value>(_ option: Option<Value>) -> [Value] {
        optionTexts[option.declaration.name, default: []].compactMap { try? Value(text: $0) }
    }

    /// A mistake that only the command itself can see, such as two options that exclude each other.
    func usageFailure(_ message: String) -> CommandFailure {
        .usage(message, path: path)
    }

    /// The value of an argument that the declaration requires, so that the parser has seen it.
    func required<Value>(_ argument: Argument<Value>) throws(CommandFailure) -> Value {
        guard let value = self[argument] else {
            throw usageFailure("\(argument.declaration.name) is missing")
        }
        return value
    }
}
