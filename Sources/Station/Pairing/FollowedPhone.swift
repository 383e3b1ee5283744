import Engine

/// Which phone's location counts, of all that speak in a session.
///
/// Of several phones one is followed until it is lost, or whatever follows would swing between
/// them. A location that is older than the last one counts for nothing: what a broken connection
/// held back may come after what the next one brought.
struct FollowedPhone {
    private(set) var last: (phone: PhoneLocation, at: Instant)?
    /// Whose locations are followed while they keep coming; nil when anybody's are welcome.
    private var peer: PeerID?

    /// Takes over where a phone says it is; false when that does not count.
    ///
    /// - Parameter lostAfter: how long a phone may be silent before another is followed.
    mutating func locate(
        _ phone: PhoneLocation, from peer: PeerID?, now: Instant, lostAfter: Duration
    ) -> Bool {
        if let last, last.at.duration(to: now) < lostAfter {
            if let followed = self.peer, followed != peer { return false }
            if let before = last.phone.sentAt, let sent = phone.sentAt, sent < before {
                return false
            }
        }
        last = (phone, now)
        self.peer = peer
        return true
    }

    /// A peer has gone: what it said last is still true, and another may speak for it.
    mutating func lost(_ peer: PeerID) {
        if self.peer == peer { self.peer = nil }
    }
}

/// News of where a phone of a session is.
package struct PhoneSighting: Sendable {
    let phone: PhoneLocation
    let peer: PeerID
}
