/// A word that a command takes by its place.
struct Argument<Value: TextValue>: Sendable {
    let declaration: ArgumentDeclaration

    init(_ name: String, optional: Bool = false, _ help: String) {
        declaration = ArgumentDeclaration(name: name, isOptional: optional, help: help) {
            text throws(TextValueProblem) in
            _ = try Value(text: text)
        }
    }
}

/// What the parser and the help text know of an argument.
struct ArgumentDeclaration: Sendable {
    /// Upper case, as help shows it.
    let name: String
    let isOptional: Bool
    let help: String
    let check: @Sendable (String) throws(TextValueProblem) -> Void
}
