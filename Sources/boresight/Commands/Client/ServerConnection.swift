/// What it takes to call a server.
struct ServerConnection: Sendable {
    let server: WebAddress
    /// The bearer token; never in argv, never in a log.
    let token: String?
    /// The longest wait for one reply.
    let timeout: Duration
}
