import Engine
import Synchronization
import TestSupport
import Testing

@testable import Transport

/// A server that connects every WebSocket with a port of the test.
final class BridgeBench {
    let port: RawServer
    let server: EchoServer

    init(
        capture: BridgeCapture? = nil, tls: TLSIdentity? = nil,
        _ change: (inout TransportLimits) -> Void = { _ in }
    ) throws {
        let port = try RawServer()
        self.port = port
        server = try Self.server(to: port.port, capture: capture, tls: tls, change)
    }

    /// A server that connects every WebSocket with a port that may not be there.
    static func server(
        to port: UInt16, capture: BridgeCapture? = nil, tls: TLSIdentity? = nil,
        _ change: (inout TransportLimits) -> Void = { _ in }
    ) throws -> EchoServer {
        var limits = TransportLimits()
        // A busy machine must not make a test's raw peer look dead.
        limits.pingInterval = .seconds(600)
        change(&limits)
        let plan = BridgePlan(host: "127.0.0.1", port: port, capture: capture)
        return try EchoServer(limits: limits, tls: tls) { request in
            .bridge(request: request.id, to: plan)
        }
    }

    /// Both ends of a new bridge, with raw frames on the client's.
    func join(fields: String = "") throws -> (client: RawConnection, port: RawConnection) {
        let client = try RawConnection(server.address.port)
        let answer = client.upgrade(fields: fields)
        try #require(answer.hasPrefix("HTTP/1.1 101"), "\(answer)")
        return (client, try port.accept())
    }

    /// The number of the only socket.
    func socket() async throws -> UInt64 {
        try #require(await eventually { self.server.heard { !$0.opened.isEmpty } })
        return try #require(server.heard { $0.opened.last })
    }
}

/// Work on a thread of its own, because it blocks, and how far it has come.
final class Progress: Sendable {
    private let count = Mutex(0)
    private let hasEnded = Mutex(false)

    /// - Parameter body: adds what it has done with the closure that it gets.
    init(_ body: @escaping @Sendable (_ done: (Int) -> Void) -> Void) throws {
        _ = try SystemThread(name: "progress") { [self] in
            body { more in count.withLock { $0 += more } }
            hasEnded.withLock { $0 = true }
        }
    }

    var done: Int { count.withLock { $0 } }
    var isOver: Bool { hasEnded.withLock { $0 } }

    /// Waits until nothing more is done; how much it is.
    func stall() async throws -> Int {
        var last = -1
        while last != done {
            last = done
            try await Task.sleep(for: .milliseconds(300))
        }
        return last
    }
}
