/// What it takes to call a server.
struct ServerConnection: Sendable {
    let server: WebAddress
    /// The bearer token; never in argv, never in a log.
    let token: String?
    /// A PEM file of the authority to trust instead of the system's.
    let authorityFile: String?
    /// The longest wait for one reply.
    let timeout: Duration
}
