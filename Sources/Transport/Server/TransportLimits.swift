/// The bounds of the server.
package struct TransportLimits: Sendable {
    /// Connections of one listener. Each costs 10 to 30 kB; a station serves a handful of people,
    /// a fleet map a few thousand. Descriptors are raised to match at the start.
    package var connections = 8192
    /// A connection's memory in libmicrohttpd, which bounds the request line and the headers: a
    /// browser's are under 4 kB. Beyond it the answer is 431.
    package var headerMemoryBytes = 32 * 1024
    /// Requests that wait for their answer; beyond that 503. At 50,000 a second this is 80 ms.
    package var waitingRequests = 4096
    /// From accepting a connection to the end of its first request's headers, whatever trickles in.
    package var headerDeadline = Duration.seconds(10)
    /// From the end of the headers to the end of the body: 1 MiB over 280 kbit/s.
    package var bodyDeadline = Duration.seconds(30)
    /// A kept-alive connection without a request.
    package var idleTimeout = Duration.seconds(75)
    /// One WebSocket message, from the contract; a larger one closes with 1009.
    package var messageBytes = 64 * 1024
    /// From the contract.
    package var pingInterval = Duration.seconds(20)
    /// From the contract.
    package var missedPongs = 2
    /// Bytes that may wait for one slow socket: 16 of the largest messages. Frames of which only
    /// the latest counts are not among them.
    package var queuedBytes = 1024 * 1024
    /// Frames that may wait for one slow socket.
    package var queuedFrames = 8192
    /// How long a closing handshake may take before the connection is dropped.
    package var closeGrace = Duration.seconds(2)
    /// Bytes beyond a body's limit that are read and thrown away, so that the client can finish
    /// sending and read its 413; then the connection is dropped.
    package var discardedBodyBytes = 4 * 1024 * 1024

    /// From asking for a bridge to the port's answer: a port of this machine answers at once or
    /// never.
    package var bridgeConnectTimeout = Duration.seconds(3)
    /// Bytes from a port in one frame, half of what a message may have.
    package var bridgeFrameBytes = 32 * 1024
    /// Bytes that may wait on either side of a bridge; from then on the other side is not read.
    package var bridgeQueuedBytes = 256 * 1024
    /// Bytes of a bridge that may wait in the kernel beside those on their way. A slow client then
    /// shows that it lives by taking this much, at 10 kB/s within every ping's time.
    package var bridgeUnsentBytes = 128 * 1024
    /// Between two reports of what has crossed a bridge: idleness is counted in minutes.
    package var bridgeReportInterval = Duration.seconds(10)
    /// Bytes of one bridge that may wait for the disk: a screen of 1920 by 1080 as it is.
    package var captureQueuedBytes = 8 * 1024 * 1024

    /// Quick contents, such as tiles of a map, that wait or are being made; beyond that 503. A
    /// browser asks for six at once, so this is forty of them; at a millisecond each, a quarter of
    /// a second.
    package var quickContents = 256
    /// The same for slow ones, such as a recording to look at, each of which takes seconds and a
    /// recording's memory while it is made.
    package var slowContents = 4

    package init() {}
}
