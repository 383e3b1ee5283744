/// The bounds of the client that the daemon calls others with.
package struct EventClientLimits: Sendable {
    /// Most calls and sockets at once: a few game nights with 200 sockets, and a burst of webhooks
    /// on top. Each costs a descriptor, with TLS some 50 kB, and a host's look-up a short thread.
    package var lines = 512
    /// One answer's body: all of it enters a recording.
    package var answerBytes = 1024 * 1024
    /// One WebSocket message, all its fragments together, for the same reason.
    package var messageBytes = 1024 * 1024
    /// The head of the answer to a handshake.
    package var headBytes = 32 * 1024
    /// What waits for one socket: a server that reads so little is lost.
    package var queuedBytes = 1024 * 1024
    /// The same as frames: tiny ones cost more than their bytes.
    package var queuedFrames = 4096
    /// Below the 30 to 60 s after which routers forget a silent connection.
    package var pingInterval = Duration.seconds(20)
    /// Pings without a sign of life before the connection counts as lost.
    package var missedPongs = 2
    /// How long a server may take to answer our closing frame.
    package var closeGrace = Duration.seconds(5)
    /// Buffers of 64 kB that one socket is read before the others have their turn.
    package var readsPerTurn = 4
    /// Connections that are kept for the next call of the same server.
    package var keptConnections = 16
    /// How long the core's full inbox is left alone before the events that it refused are offered
    /// again; a turn of the core takes less.
    package var redelivery = Duration.milliseconds(20)

    package init() {}
}
