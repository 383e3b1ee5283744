/// One connection from its `connect` to its `closed`. Confined to the links' thread.
final class LinkConnection {
    enum Phase {
        case resolving
        case connecting
        case open
    }

    let id: LinkID
    var phase = Phase.resolving
    var socket: LinkSocket?
    /// The descriptor's number in epoll's events: never used twice, unlike descriptors.
    var token: UInt64 = 0
    /// Addresses still to be tried.
    var addresses: ArraySlice<LinkAddress> = []
    /// When connecting as a whole must be done, and when the address in hand is given up;
    /// nanoseconds of the monotonic clock.
    let deadline: Int64
    var attemptDeadline: Int64
    /// Why the address before failed.
    var lastError = LinkError.timedOut
    var outgoing: [UInt8] = []

    init(id: LinkID, deadline: Int64) {
        self.id = id
        self.deadline = deadline
        attemptDeadline = deadline
    }

    /// Nil once the connection is open.
    var nextDeadline: Int64? {
        phase == .open ? nil : min(deadline, attemptDeadline)
    }
}
