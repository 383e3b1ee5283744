import Engine
import Station
import Transport

/// One peer's socket at a pairing session's relay.
struct RelaySocket: SocketOwner {
    let sessions: PairingSessions
    let session: SecretHash
    let wantsEvents: Bool

    func opened(_ socket: UInt64) {
        sessions.enter { $0.connect(PeerID(socket), to: session, wantsEvents: wantsEvents) }
    }

    func received(_ message: WebSocketMessage, on socket: UInt64) {
        let frame =
            switch message {
            case .text(let bytes): RelayFrame(.text, bytes)
            case .binary(let bytes): RelayFrame(.binary, bytes)
            }
        sessions.enter { $0.relay(frame, from: PeerID(socket)) }
    }

    func closed(_ socket: UInt64) {
        sessions.enter { $0.disconnect(PeerID(socket)) }
    }
}
