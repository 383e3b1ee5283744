/// A word that a command takes by its place.
struct Argument<Value: TextValue>: Sendable {
    let declaration: ArgumentDeclaration

    /// - Parameters:
    ///   - repeatable: takes every word that is left; only the last argument may.
    ///   - afterDashes: takes the words behind `--`, and only they; only the last argument may.
    init(
        _ name: String, optional: Bool = false, repeatable: Bool = false,
        afterDashes: Bool = false, _ help: String
    ) {
        declaration = ArgumentDeclaration(
            name: name, isOptional: optional, isRepeatable: repeatable || afterDashes,
            standsAfterDashes: afterDashes, help: help
        ) {
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
    let isRepeatable: Bool
    let standsAfterDashes: Bool
    let help: String
    let check: @Sendable (String) throws(TextValueProblem) -> Void
}
