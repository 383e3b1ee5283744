package import Engine

/// One pairing session: who may relay to whom, until when.
struct PairingSession {
    /// A socket of the session, in the order of their coming.
    struct Peer {
        let id: PeerID
        /// Asked to be told of peers, and of the last state on connecting.
        let wantsEvents: Bool
    }

    let createdAt: UTCTime
    /// What the wall clock says when it ends; moved with the clock when that is set.
    var expiresAt: UTCTime
    /// When it ends, by a clock that nobody sets: a laptop that learns the right time in mid-pass
    /// does not lose its phone.
    let endsAt: Instant
    var isPaired = false
    var deviceDescription: String?
    /// The last `target`, `mode` and `rotor` messages, for a peer that comes later.
    var remembered: [RelayMessage.Kind: [UInt8]] = [:]
    var peers: [Peer] = []
    /// Rotors that obey this session.
    var rotors: [Int] = []
    /// True once its sockets have been told that it expired.
    var isClosed = false

    func hasExpired(at now: Instant) -> Bool { now >= endsAt }
}

/// What the API shows of a session.
package struct PairingSummary: Sendable, Equatable {
    package let createdAt: UTCTime
    package let expiresAt: UTCTime
    package let isPaired: Bool

    /// What the session is called where its token must not stand.
    package var name: String { createdAt.text(.microseconds) }
}

/// Names a peer of a relay: the number of its socket.
package struct PeerID: Sendable, Hashable {
    package let number: UInt64

    /// Whatever reports to a session without a socket; sockets are numbered from 1.
    static let tracker = PeerID(0)

    package init(_ number: UInt64) {
        self.number = number
    }
}
