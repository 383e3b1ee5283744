/// Why a command ended without success, as its user reads it on standard error.
struct CommandFailure: Error, Equatable {
    let exitCode: ExitCode
    /// One sentence without the program's name and without a full stop.
    let message: String
    /// What to do about it, when that is known.
    let hint: String?

    init(_ exitCode: ExitCode, _ message: String, hint: String? = nil) {
        self.exitCode = exitCode
        self.message = message
        self.hint = hint
    }

    /// The command line was not understood; `path` is the command whose help would explain it.
    static func usage(_ message: String, path: [String], suggestion: String? = nil) -> Self {
        let help = "see: " + (["boresight"] + path + ["--help"]).joined(separator: " ")
        let hint = suggestion.map { "did you mean \($0)? " + help } ?? help
        return CommandFailure(.usage, message, hint: hint)
    }

    var text: String {
        "boresight: " + message + "\n" + (hint.map { $0 + "\n" } ?? "")
    }
}
