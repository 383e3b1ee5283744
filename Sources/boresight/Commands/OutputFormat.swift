/// How a command writes its result.
enum OutputFormat: String, TextChoice {
    /// For people; it may change.
    case table
    /// For programs: what the server answered, one JSON text.
    case json

    static let option = Option<OutputFormat>(
        "output", short: "o", default: "table", "write the result for people or for programs")
}

extension Invocation {
    var outputFormat: OutputFormat { self[OutputFormat.option] ?? .table }
}
