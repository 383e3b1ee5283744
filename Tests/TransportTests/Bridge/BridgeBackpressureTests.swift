import Glibc
import TestSupport
import Testing

@testable import Transport

/// Slow ends: nothing is lost, nothing piles up, and nobody is taken for dead.
@Suite struct BridgeBackpressureTests {
    private static let all = 64 * 1024 * 1024
    /// More than what the bridge and the kernel's buffers of two connections hold: over the
    /// loopback up to 10 MB each.
    private static let held = 32 * 1024 * 1024

    /// One end of a bridge: raw for the port, frames for the client.
    private enum End: Sendable {
        case client(RawConnection)
        case port(RawConnection)

        func send(_ bytes: [UInt8]) {
            switch self {
            case .client(let connection): connection.send(clientFrame(0x82, bytes))
            case .port(let connection): connection.send(bytes)
            }
        }

        /// The next bytes of the stream; pings on the way are left unanswered.
        func receive() -> [UInt8]? {
            switch self {
            case .port(let connection): return connection.receive()
            case .client(let connection):
                while let frame = connection.receiveServerFrame() {
                    if frame.first == 0x82 { return frame.payload }
                    if frame.first == 0x88 { return nil }
                }
                return nil
            }
        }
    }

    /// Sends the stream on a thread of its own.
    private func sender(_ end: End, _ total: Int) throws -> Progress {
        try Progress { done in
            var sent = 0
            while sent < total {
                let piece = ByteStream.bytes(from: sent, count: min(32 * 1024, total - sent))
                end.send(piece)
                sent += piece.count
                done(piece.count)
            }
        }
    }

    /// Receives the stream on a thread of its own, as long as it is right.
    private func receiver(
        _ end: End, _ total: Int, pause: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws -> Progress {
        try Progress { done in
            var received = 0
            while received < total, let piece = end.receive(),
                ByteStream.matches(piece, from: received)
            {
                received += piece.count
                done(piece.count)
                pause(received)
            }
        }
    }

    @Test(arguments: [true, false])
    func `an end that does not read holds the other one up and loses nothing`(
        isPortSlow: Bool
    ) async throws {
        let bench = try BridgeBench()
        let (client, port) = try bench.join()
        let (fast, slow) =
            isPortSlow
            ? (End.client(client), End.port(port)) : (End.port(port), End.client(client))
        let sending = try sender(fast, Self.all)
        let held = try await sending.stall()
        #expect(held < Self.held)
        #expect(!sending.isOver)
        // The other direction is open all the while.
        slow.send(Array("meanwhile".utf8))
        #expect(fast.receive() == Array("meanwhile".utf8))
        let receiving = try receiver(slow, Self.all)
        #expect(await eventually(within: .seconds(120)) { receiving.isOver })
        #expect(receiving.done == Self.all)
        #expect(bench.server.heard { $0.closed.isEmpty })
    }

    @Test func `an echo with slow readers on both sides comes back whole`() async throws {
        let bench = try BridgeBench()
        let (client, port) = try bench.join()
        // Both sides rest now and then, long enough for every buffer to fill.
        let rest: @Sendable (Int) -> Void = { count in
            if count % (8 * 1024 * 1024) < 32 * 1024 { usleep(100_000) }
        }
        let echo = try Progress { done in
            var count = 0
            while let piece = port.receive() {
                port.send(piece)
                done(piece.count)
                count += piece.count
                rest(count)
            }
        }
        let sending = try sender(.client(client), Self.all)
        let receiving = try receiver(.client(client), Self.all, pause: rest)
        #expect(await eventually(within: .seconds(120)) { receiving.isOver })
        #expect(receiving.done == Self.all)
        #expect(sending.isOver)
        #expect(echo.done == Self.all)
    }

    @Test func `a client whose bytes the port does not take is not taken for dead`() async throws {
        let bench = try BridgeBench { $0.pingInterval = .milliseconds(100) }
        let (client, port) = try bench.join()
        let total = 48 * 1024 * 1024
        let sending = try sender(.client(client), total)
        let held = try await sending.stall()
        #expect(held < total)
        // Many times the two pings that a client may miss.
        try await Task.sleep(for: .seconds(2))
        #expect(bench.server.heard { $0.closed.isEmpty })
        let receiving = try receiver(.port(port), total)
        #expect(await eventually(within: .seconds(120)) { receiving.isOver })
        #expect(receiving.done == total)
    }

    @Test func `a client that reads slowly lives, and one that reads nothing is dropped`()
        async throws
    {
        // Two of them are longer than a busy machine keeps a reader waiting.
        let bench = try BridgeBench { $0.pingInterval = .seconds(4) }
        let (slow, slowPort) = try bench.join()
        let slowID = try await bench.socket()
        let (dead, deadPort) = try bench.join()
        slow.shrinkReceiveBuffer()
        dead.shrinkReceiveBuffer()
        // Neither answers a ping: the bytes that one of them takes show that it lives.
        let sending = [
            try sender(.port(slowPort), Self.all), try sender(.port(deadPort), Self.all),
        ]
        let receiving = try receiver(.client(slow), Self.all) { _ in
            // It takes longer to the end than the other one to be let go.
            usleep(20_000)
        }
        #expect(
            await eventually(within: .seconds(60)) { bench.server.heard { !$0.closed.isEmpty } })
        #expect(bench.server.heard { $0.closed.values.first } == [1006])
        #expect(bench.server.heard { $0.closed[slowID] } == nil)
        let before = receiving.done
        #expect(await eventually(within: .seconds(60)) { receiving.done > before + 1_000_000 })
        #expect(bench.server.heard { $0.closed[slowID] } == nil)
        bench.server.shutDown()
        #expect(await eventually(within: .seconds(60)) { sending.allSatisfy(\.isOver) })
        withExtendedLifetime(dead) {}
    }

    @Test func `a silent bridge lives by its pongs and dies without them`() async throws {
        let bench = try BridgeBench { $0.pingInterval = .seconds(1) }
        let (client, port) = try bench.join()
        for _ in 0..<6 {
            let ping = try #require(client.receiveServerFrame())
            #expect(ping.first == 0x89)
            client.send(clientFrame(0x8A, ping.payload))
        }
        #expect(bench.server.heard { $0.closed.isEmpty })
        #expect(port.receive() == nil, "the client has stopped answering")
        #expect(await eventually { bench.server.heard { $0.closed.values.first } == [1006] })
    }

    @Test func `a port that ends while its client is slow is heard to its last byte`()
        async throws
    {
        let bench = try BridgeBench { $0.closeGrace = .milliseconds(100) }
        let client = try RawConnection(bench.server.address.port)
        _ = client.upgrade()
        client.shrinkReceiveBuffer()
        let total = 4 * 1024 * 1024
        // Its thread closes the port behind the last byte.
        let sending = try sender(.port(try bench.port.accept()), total)
        _ = try await sending.stall()
        let receiving = try receiver(.client(client), total) { _ in usleep(5000) }
        #expect(await eventually(within: .seconds(60)) { receiving.isOver })
        #expect(receiving.done == total)
        #expect(client.receiveServerFrame()?.payload.starts(with: [0x03, 0xE8]) == true)
    }
}
