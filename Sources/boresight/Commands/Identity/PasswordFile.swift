/// Where a password is read from: never from the command line, which others on the machine can see.
enum PasswordFile {
    static let option = Option<String>(
        "password-file", placeholder: "FILE", "a file with the password alone; - for standard input"
    )

    private static let maxBytes = 4096

    /// The password of the option, without the end of its line; nil when it is not given.
    static func read(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> String? {
        try invocation[option].map { path throws(CommandFailure) in
            try text(of: path, "password", context)
        }
    }

    /// The one line that a file holds; blanks in it count.
    ///
    /// - Parameter noun: what the line is, for whoever reads why it cannot be used.
    static func text(
        of path: String, _ noun: String, _ context: CommandContext
    ) throws(CommandFailure) -> String {
        var bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try context.readFile(path, maxBytes)
        } catch {
            throw CommandFailure(.failure, "\(noun) file \(path): \(error.message)")
        }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard let password = String(validating: bytes, as: UTF8.self), !password.isEmpty,
            !password.contains(where: \.isNewline)
        else {
            throw CommandFailure(.failure, "\(noun) file \(path) must have one line of text")
        }
        return password
    }
}
