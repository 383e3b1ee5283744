import Engine
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Transport

/// WebSockets that the transport connects with a port, over real connections.
@Suite struct BridgeTests {
    // MARK: Making

    @Test func `bytes cross both ways, whatever messages they come in`() async throws {
        let bench = try BridgeBench()
        let (client, port) = try bench.join()
        client.send(clientFrame(0x81, Array("text ".utf8)))
        client.send(clientFrame(0x02, [1]))
        client.send(clientFrame(0x89, Array("hi".utf8)))
        client.send(clientFrame(0x00, []))
        client.send(clientFrame(0x8A, Array("a pong of its own".utf8)))
        client.send(clientFrame(0x80, [2, 3]))
        client.send(clientFrame(0x82, []))
        #expect(port.receive(exactly: 8) == Array("text ".utf8) + [1, 2, 3])
        let pong = try #require(client.receiveServerFrame())
        #expect(pong.first == 0x8A)
        #expect(pong.payload == Array("hi".utf8))
        port.send("RFB 003.008\n")
        let frame = try #require(client.receiveServerFrame())
        #expect(frame.first == 0x82)
        #expect(frame.payload == Array("RFB 003.008\n".utf8))
        #expect(bench.server.heard { $0.messages.isEmpty }, "the core hears no bytes")
    }

    @Test func `what comes right behind the handshake, and what the port says first, is not lost`()
        async throws
    {
        let bench = try BridgeBench()
        let client = try RawConnection(bench.server.address.port)
        _ = try Progress { [server = bench.port] _ in
            let port = try? server.accept()
            port?.send("first")
            if let early = port?.receive(exactly: 5) { port?.send(early) }
            _ = port?.receive()
        }
        let answer = client.upgrade(extra: clientFrame(0x82, Array("early".utf8)))
        #expect(answer.hasPrefix("HTTP/1.1 101"))
        var all: [UInt8] = []
        while all.count < 10, let frame = client.receiveServerFrame() { all += frame.payload }
        #expect(all == Array("firstearly".utf8))
    }

    @Test func `the subprotocol binary is chosen when it is offered`() throws {
        let bench = try BridgeBench()
        for (offer, isChosen) in [
            ("Sec-WebSocket-Protocol: binary\r\n", true),
            ("Sec-WebSocket-Protocol: base64, binary\r\n", true),
            ("Sec-WebSocket-Protocol: base64\r\n", false), ("", false),
        ] {
            let client = try RawConnection(bench.server.address.port)
            let answer = client.upgrade(fields: offer)
            #expect(answer.hasPrefix("HTTP/1.1 101"))
            #expect(answer.contains("Sec-WebSocket-Protocol: binary\r\n") == isChosen, "\(offer)")
        }
    }

    @Test func `a port that refuses is told, and the request still gets its answer`() async throws {
        let server = try BridgeBench.server(to: try Loopback.freePort())
        let client = try RawConnection(server.address.port)
        #expect(client.upgrade().hasPrefix("HTTP/1.1 503"))
        #expect(server.heard { $0.failures } == ["Connection refused"])
        #expect(server.heard { $0.opened.isEmpty && $0.closed.isEmpty })
    }

    @Test func `a port that does not answer in time is given up`() throws {
        // Beyond its backlog a listening socket lets connections wait for ever.
        let port = try RawServer(backlog: 0)
        let first = try RawConnection(port.port)
        let server = try BridgeBench.server(to: port.port) {
            $0.bridgeConnectTimeout = .milliseconds(100)
        }
        let client = try RawConnection(server.address.port)
        #expect(client.upgrade().hasPrefix("HTTP/1.1 503"))
        #expect(server.heard { $0.failures } == ["no answer within 0.1 seconds"])
        #expect(first.isOpen)
    }

    @Test func `a name is no address`() throws {
        let server = try EchoServer { request in
            .bridge(request: request.id, to: BridgePlan(host: "localhost", port: 1))
        }
        let client = try RawConnection(server.address.port)
        #expect(client.upgrade().hasPrefix("HTTP/1.1 503"))
        #expect(server.heard { $0.failures } == ["localhost is not a numeric address"])
    }

    @Test func `a hundred bridges at once keep their bytes apart`() async throws {
        let bench = try BridgeBench()
        let pairs = try (0..<100).map { _ in try bench.join() }
        for (index, pair) in pairs.enumerated() {
            pair.client.send(clientFrame(0x82, Array("to \(index)".utf8)))
            pair.port.send("from \(index)")
        }
        // In whatever order the connections were accepted.
        for pair in pairs {
            let name = try #require(pair.port.receive()).dropFirst(3)
            #expect(!name.isEmpty)
        }
        for pair in pairs {
            let frame = try #require(pair.client.receiveServerFrame())
            #expect(frame.payload.starts(with: "from ".utf8))
        }
        #expect(bench.server.heard { $0.opened.count } == 100)
    }

    // MARK: Ending

    @Test func `when the port closes the client gets every byte and is told why`() async throws {
        let bench = try BridgeBench()
        let client = try RawConnection(bench.server.address.port)
        _ = client.upgrade()
        var port: RawConnection? = try bench.port.accept()
        port?.send("last words")
        port = nil
        #expect(client.receiveServerFrame()?.payload == Array("last words".utf8))
        let end = try #require(client.receiveServerFrame())
        #expect(end.first == 0x88)
        #expect(end.payload == [0x03, 0xE8] + Array("the other end has closed".utf8))
        #expect(await eventually { bench.server.heard { !$0.closed.isEmpty } })
        let id = try await bench.socket()
        #expect(bench.server.heard { $0.closed } == [id: [1000]])
        #expect(
            bench.server.heard { $0.totals } == [id: [.init(fromClient: 0, toClient: 10)]])
    }

    @Test(arguments: [true, false])
    func `when the client closes or vanishes the port gets every byte and its end`(
        isPolite: Bool
    ) async throws {
        let bench = try BridgeBench()
        let (port, number) = try await {
            let (client, port) = try bench.join()
            let number = try await bench.socket()
            client.send(clientFrame(0x82, Array("bye".utf8)))
            if isPolite { client.send(clientFrame(0x88, [0x03, 0xE9])) }
            if isPolite { #expect(client.receiveServerFrame()?.first == 0x88) }
            return (port, number)
        }()
        #expect(port.receiveAll() == Array("bye".utf8))
        #expect(await eventually { bench.server.heard { $0.closed[number] } != nil })
        #expect(bench.server.heard { $0.closed[number] } == [isPolite ? 1001 : 1006])
        #expect(bench.server.heard { $0.totals[number] } == [.init(fromClient: 3, toClient: 0)])
    }

    @Test func `the core closes both ends, behind what waits`() async throws {
        let bench = try BridgeBench()
        let (client, port) = try bench.join()
        let id = try await bench.socket()
        port.send("frame")
        client.send(clientFrame(0x82, Array("key".utf8)))
        #expect(port.receive(exactly: 3) == Array("key".utf8))
        #expect(client.receiveServerFrame()?.payload == Array("frame".utf8))
        bench.server.perform([.close(webSocket: id, code: 4410, reason: "stopped")])
        #expect(client.receiveServerFrame()?.payload == [0x11, 0x3A] + Array("stopped".utf8))
        #expect(port.receive() == nil)
        // The core hears of the end behind the two that have it.
        #expect(await eventually { bench.server.heard { $0.closed } == [id: [4410]] })
        #expect(bench.server.heard { $0.totals[id]?.last } == .init(fromClient: 3, toClient: 5))
    }

    @Test func `shutting down ends bridges with 1001 within the grace`() async throws {
        let bench = try BridgeBench()
        let pairs = try (0..<5).map { _ in try bench.join() }
        #expect(await eventually { bench.server.heard { $0.opened.count } == 5 })
        bench.server.shutDown()
        for pair in pairs {
            let end = try #require(pair.client.receiveServerFrame())
            #expect(end.payload.starts(with: [0x03, 0xE9]))
            #expect(pair.port.receive() == nil)
        }
        #expect(
            await eventually {
                bench.server.heard { Array($0.closed.values) }
                    == Array(repeating: [1001], count: 5)
            })
    }

    @Test func `totals are told while they change`() async throws {
        let bench = try BridgeBench { $0.bridgeReportInterval = .milliseconds(50) }
        let (client, port) = try bench.join()
        let id = try await bench.socket()
        client.send(clientFrame(0x82, [1, 2, 3]))
        #expect(
            await eventually {
                bench.server.heard { $0.totals[id] } == [.init(fromClient: 3, toClient: 0)]
            })
        port.send("ab")
        #expect(await eventually { bench.server.heard { $0.totals[id]?.last?.toClient } == 2 })
        let told = bench.server.heard { $0.totals[id]?.count }
        try await Task.sleep(for: .milliseconds(300))
        #expect(bench.server.heard { $0.totals[id]?.count } == told)
    }

    // MARK: TLS

    @Test func `a bridge works over TLS, and a slow client holds its port up`() async throws {
        let certificate = try await TestCertificate()
        let bench = try BridgeBench(tls: certificate.identity)
        let client = try WebSocketClient(
            bench.server.url + "/ws", caFile: certificate.authority)
        let port = try bench.port.accept()
        var sent = 0
        while sent < 2 * 1024 * 1024 {
            let piece = ByteStream.bytes(from: sent, count: 60_000)
            try client.send(.binary(piece))
            #expect(port.receive(exactly: piece.count) == piece)
            sent += piece.count
        }
        let total = 24 * 1024 * 1024
        let flood = try Progress { done in
            var sent = 0
            while sent < total {
                let piece = ByteStream.bytes(from: sent, count: min(50_000, total - sent))
                port.send(piece)
                sent += piece.count
                done(piece.count)
            }
        }
        #expect(try await flood.stall() < total)
        var received = 0
        while received < total {
            guard case .message(.binary(let piece)) = try client.receive(timeout: .seconds(30))
            else {
                Issue.record("the bridge was lost after \(received)")
                return
            }
            #expect(ByteStream.matches(piece, from: received))
            received += piece.count
        }
        try client.close()
        #expect(port.receive() == nil)
        let id = try await bench.socket()
        let totals = EchoServer.Totals(fromClient: UInt64(sent), toClient: UInt64(total))
        #expect(await eventually { bench.server.heard { $0.totals[id]?.last } == totals })
    }
}
