import JSON

/// `boresight version`.
enum Version {
    /// Semantic version of the product.
    static let current = "0.1.0"

    static let text = "boresight \(current)\n"

    static let command = Command(
        "version", "Show the version", options: [OutputFormat.option.declaration], run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        switch invocation[OutputFormat.option] ?? .table {
        case .table: context.print(text)
        case .json:
            let value: JSONValue = [
                "version": .string(current), "swift": .string(swiftVersion),
                "architecture": .string(architecture),
            ]
            context.print(value.text + "\n")
        }
        return .success
    }

    private static var swiftVersion: String {
        #if compiler(>=6.4)
        "6.4 or newer"
        #elseif compiler(>=6.3)
        "6.3"
        #else
        "6.2"
        #endif
    }

    private static var architecture: String {
        #if arch(x86_64)
        "x86_64"
        #elseif arch(arm64)
        "arm64"
        #else
        "other"
        #endif
    }
}
