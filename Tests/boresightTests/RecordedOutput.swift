import Engine
import Synchronization

@testable import boresight

/// What a command wrote.
final class RecordedOutput: Sendable {
    private let texts = Mutex<(output: String, error: String)>(("", ""))

    private let pauses = Mutex<[Duration]>([])

    /// How long the command waited, each time.
    var paused: [Duration] { pauses.withLock { $0 } }
    var output: String { texts.withLock { $0.output } }
    var error: String { texts.withLock { $0.error } }

    func context(
        environment: [String: String] = ["HOME": "/home/op"], files: [String: String] = [:],
        client: (any APIClient & Sendable)? = nil, sockets: ScriptedSockets? = nil,
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
            },
            openSocket: { _, path throws(SocketProblem) in
                guard let sockets else { throw .unreachable(.absent(reason: "refused")) }
                return try sockets.open(path)
            },
            now: { UTCTime(nanoseconds: 1_800_000_000_123_000_000) },
            pause: { patience in self.pauses.withLock { $0.append(patience) } },
            endOnInterrupt: {})
    }
}
