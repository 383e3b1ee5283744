import CLinux
import Glibc

/// The way between one WebSocket and a TCP port: how far it is made, and what has crossed it.
///
/// It has the number of its request and its socket. Confined to the transport's thread.
final class Bridge {
    enum Stage {
        /// The port has not answered; it is given up then.
        case connecting(until: Duration)
        /// The port is there and the client's handshake is being answered.
        case joining
        case open
        /// The WebSocket is over. The port gets what waits for it, until then at most.
        case ending(until: Duration)
    }

    let id: UInt64
    var stage: Stage
    var port: PortSocket
    var flow: BridgeFlow
    var totals: BridgeTotals
    /// The port has said its last.
    var portHasEnded = false
    /// What epoll watches the port for; 0 while it does not.
    var watched: UInt32 = 0
    private let capture: Capture?

    init(
        id: UInt64, to plan: BridgePlan, capture: Capture?, limits: TransportLimits, now: Duration
    ) throws(PortSocket.Failure) {
        self.id = id
        self.capture = capture
        port = try PortSocket(connectingTo: plan.host, plan.port)
        stage = .connecting(until: now + limits.bridgeConnectTimeout)
        flow = BridgeFlow(bound: limits.bridgeQueuedBytes)
        totals = BridgeTotals(interval: limits.bridgeReportInterval, now: now)
    }

    /// What epoll should watch the port for. Nothing means that not even a broken connection is
    /// told, which would be told again in every turn.
    var wanted: UInt32 {
        let room = port.waitingBytes > 0 ? EPOLLOUT.rawValue : 0
        switch stage {
        case .connecting: return EPOLLOUT.rawValue
        case .joining: return 0
        case .open where portHasEnded || !flow.readsPort: return room
        case .ending where portHasEnded: return room
        case .open, .ending: return room | EPOLLIN.rawValue
        }
    }

    // MARK: Bytes

    /// Takes what the client sent, for the port.
    func carry(_ message: WebSocketMessage, at now: Duration) {
        let bytes =
            switch message {
            case .text(let bytes), .binary(let bytes): bytes
            }
        totals.add(fromClient: bytes.count)
        capture?.add(bytes, from: .client, at: now)
        port.write(bytes)
    }

    /// Takes what the port sent, for the client.
    func carry(_ bytes: UnsafeRawBufferPointer, at now: Duration) -> WebSocketFrame {
        let payload = Array(bytes)
        totals.add(toClient: payload.count)
        capture?.add(payload, from: .server, at: now)
        return .binary(payload)
    }

    // MARK: Stages

    func open(at now: Duration) {
        stage = .open
        capture?.begin(at: now)
    }

    func end(until deadline: Duration, at now: Duration) {
        stage = .ending(until: deadline)
        capture?.end(at: now)
    }
}
