/// What a driver asks of its connection.
package enum LinkAction: Sendable, Equatable {
    /// Opens a TCP connection. `host` is a name or a numeric address; `timeout` covers the name
    /// look-up and every address tried.
    case connect(host: String, port: UInt16, timeout: Duration)
    /// Queues bytes; they leave in one piece where the kernel allows it.
    case send([UInt8])
    /// Sends what is queued as far as it goes without waiting, then closes.
    case close
}
