/// Why a connection was not made, or ended.
package enum LinkError: Error, Sendable, Equatable {
    /// Nobody listens at the address.
    case refused
    /// The host name has no address.
    case unresolvable
    /// No connection within the time given.
    case timedOut
    /// The other side broke the connection off.
    case reset
    /// The other side closed the connection in good order.
    case ended
    /// We closed it.
    case cancelled
    /// The other side does not read, and the send queue reached its bound.
    case notReading
    /// Another error of the system, as `errno`.
    case other(Int32)
}

extension LinkError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused: "nobody listens at that address"
        case .unresolvable: "the host name has no address"
        case .timedOut: "no connection within the time allowed"
        case .reset: "the connection was broken off by the other side"
        case .ended: "the connection was closed by the other side"
        case .cancelled: "the connection was closed here"
        case .notReading: "the other side does not read what is sent"
        case .other(let code): "the connection failed with system error \(code)"
        }
    }
}
