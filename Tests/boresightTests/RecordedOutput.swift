import Synchronization

@testable import boresight

/// What a command wrote.
final class RecordedOutput: Sendable {
    private let texts = Mutex<(output: String, error: String)>(("", ""))

    var output: String { texts.withLock { $0.output } }
    var error: String { texts.withLock { $0.error } }

    func context(
        environment: [String: String] = ["HOME": "/home/op"], files: [String: String] = [:],
        client: (any APIClient & Sendable)? = nil,
        connected: (@Sendable (ServerConnection) -> Void)? = nil
    ) -> CommandContext {
        CommandContext(
            environment: environment,
            readFile: { path, maxBytes throws(FileProblem) in
                guard let text = files[path] else {
                    throw FileProblem(isMissing: true, message: "No such file or directory")
                }
                return Array(text.utf8.prefix(maxBytes))
            },
            print: { text in self.texts.withLock { $0.output += text } },
            printError: { text in self.texts.withLock { $0.error += text } },
            connect: { connection in
                connected?(connection)
                return client ?? ScriptedClient([:])
            })
    }
}
