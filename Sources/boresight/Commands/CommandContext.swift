import Engine

/// The world as a command sees it, so that tests can give it another.
struct CommandContext: Sendable {
    var environment: [String: String]
    /// Reads a file of at most so many bytes.
    var readFile: @Sendable (_ path: String, _ maxBytes: Int) throws(FileProblem) -> [UInt8]
    /// Writes a result to standard output.
    var print: @Sendable (String) -> Void
    /// Writes to standard error what is not a result.
    var printError: @Sendable (String) -> Void
    /// Connects to a server; nothing is sent before the first call.
    var connect: @Sendable (ServerConnection) -> any APIClient
    /// Opens a WebSocket of a server.
    var openSocket:
        @Sendable (ServerConnection, _ path: String) throws(SocketProblem) -> any APISocket
    /// The wall clock.
    var now: @Sendable () -> UTCTime
    /// Waits.
    var pause: @Sendable (Duration) -> Void
    /// From here on Ctrl-C ends the process at once and with success: nothing is left to be done.
    var endOnInterrupt: @Sendable () -> Void
}
