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
    let expiresAt: UTCTime
    var isPaired = false
    var deviceDescription: String?
    /// The last `target`, `mode` and `rotor` messages, for a peer that comes later.
    var remembered: [RelayMessage.Kind: [UInt8]] = [:]
    var peers: [Peer] = []
    /// Rotors that obey this session.
    var rotors: [Int] = []
    /// True once its sockets have been told that it expired.
    var isClosed = false

    func hasExpired(at now: UTCTime) -> Bool { now >= expiresAt }
}

/// What the API shows of a session.
package struct PairingSummary: Sendable, Equatable {
    package let createdAt: UTCTime
    package let expiresAt: UTCTime
    package let isPaired: Bool
}

/// Names a peer of a relay: the number of its socket.
package struct PeerID: Sendable, Hashable {
    package let number: UInt64

    package init(_ number: UInt64) {
        self.number = number
    }
}
