import Engine
import Glibc
import Synchronization
import TestSupport
import Testing
import Transport

/// WebSockets over real connections, to our server and to one that is said by hand.
@Suite struct EventClientSocketTests {
    /// A server's frame by hand, unmasked.
    private func frame(_ first: UInt8, _ text: String) -> [UInt8] {
        clientFrame(first, Array(text.utf8), masked: false)
    }

    private func closeFrame(_ code: UInt16, _ reason: String) -> [UInt8] {
        clientFrame(
            0x88, [UInt8(code >> 8), UInt8(code & 255)] + Array(reason.utf8), masked: false)
    }

    /// An open socket to a server that is said by hand.
    private func pair(
        _ change: (inout EventClientLimits) -> Void = { _ in }
    ) async throws -> (RawServer, RawConnection, ClientBench) {
        let server = try RawServer()
        let bench = ClientBench(caFile: nil, change)
        bench.open(1, "ws://127.0.0.1:\(server.port)/")
        let connection = try server.acceptSocket()
        try #require(await bench.first(1) == .opened)
        return (server, connection, bench)
    }

    // MARK: Talking

    @Test func `messages go both ways in order, from before the opening to the closing`()
        async throws
    {
        let server = try EchoServer(answer: EchoServer.game)
        let bench = ClientBench()
        bench.open(1, server.socketURL)
        bench.send(1, "early")
        #expect(await bench.hears(1, [.opened]))
        bench.send(1, "grüß")
        bench.client.perform(.send(.binary([0, 255])), on: 1)
        let wanted: [WebSocketMessage] = [
            .text(Array("early".utf8)), .text(Array("grüß".utf8)), .binary([0, 255]),
        ]
        #expect(await eventually { server.heard { $0.messages.map(\.message) } == wanted })
        let request = try #require(server.heard { $0.requests.first })
        #expect(request.headers["Sec-WebSocket-Protocol"] == "game")
        #expect(request.headers["User-Agent"] == "Boresight/test")
        let id = try #require(server.heard { $0.opened.first })
        server.perform([
            .send(.text(Array("a".utf8)), to: [id]), .send(.binary([7]), to: [id]),
            .close(webSocket: id, code: 4321, reason: "over"),
        ])
        #expect(
            await bench.hears(
                1,
                [
                    .opened, .text("a"), .received(.binary([7])),
                    .closed(code: 4321, reason: "over"),
                ]))
        #expect(await eventually { server.heard { $0.closed[id] } == [4321] })
    }

    @Test func `a server that is asked for no subprotocol chooses none`() async throws {
        let plain = try EchoServer()
        let bench = ClientBench()
        bench.open(1, plain.socketURL, subprotocol: nil)
        #expect(await bench.hears(1, [.opened]))
        let other = try EchoServer(answer: EchoServer.game)
        bench.open(2, other.socketURL, subprotocol: nil)
        #expect(
            await bench.hears(
                2, [.failed(.broken(reason: "the server does not agree to the subprotocol"))]))
    }

    @Test func `fragments become one message and pings between them are answered`() async throws {
        let (_, connection, bench) = try await pair()
        connection.send(frame(0x01, "a") + frame(0x89, "hi"))
        let pong = try #require(connection.receiveFrame())
        #expect(pong.first == 0x8A && pong.payload == Array("hi".utf8))
        connection.send(frame(0x00, "b") + frame(0x80, "c"))
        #expect(await bench.hears(1, [.opened, .text("abc")]))
    }

    @Test func `frames right behind the handshake are not lost`() async throws {
        let server = try RawServer()
        let bench = ClientBench()
        bench.open(1, "ws://127.0.0.1:\(server.port)/")
        let connection = try server.acceptSocket(frames: frame(0x81, "first"))
        #expect(await bench.hears(1, [.opened, .text("first")]))
        withExtendedLifetime(connection) {}
    }

    // MARK: Handshakes that fail

    @Test func `a refusal brings its status and body`() async throws {
        let server = try EchoServer { request in
            .respond(
                request: request.id, HTTPResponse(status: 403, body: Array("not you".utf8)))
        }
        let bench = ClientBench()
        bench.open(1, server.socketURL)
        #expect(
            await bench.hears(1, [.failed(.refused(status: 403, body: Array("not you".utf8)))]))
    }

    @Test(arguments: [
        ("Content-Length: 5\r\n\r\nwrong", false),
        ("Transfer-Encoding: chunked\r\n\r\n3\r\nwro\r\n2;x=y\r\nng\r\n0\r\n\r\n", false),
        ("Connection: close\r\n\r\nwrong", true), ("Content-Length: 50\r\n\r\nwrong", true),
    ])
    func `a refusal's body comes whole in each way to say its length, or as far as it goes`(
        _ rest: String, _ ends: Bool
    ) async throws {
        let server = try RawServer()
        let bench = ClientBench()
        bench.open(1, "ws://127.0.0.1:\(server.port)/")
        var connection: RawConnection? = try server.accept()
        _ = connection?.receive(until: "\r\n\r\n")
        connection?.send("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 404 Not Found\r\n" + rest)
        if ends { connection = nil }
        #expect(
            await bench.hears(1, [.failed(.refused(status: 404, body: Array("wrong".utf8)))]))
        withExtendedLifetime(connection) {}
    }

    @Test(
        arguments: [
            (
                "bm90IHRoZSBwcm9vZg==", "Sec-WebSocket-Protocol: game\r\n",
                "the handshake's proof is wrong"
            ),
            (nil, "", "the server does not agree to the subprotocol"),
            (
                nil, "Sec-WebSocket-Protocol: chess\r\n",
                "the server does not agree to the subprotocol"
            ),
            (
                nil, "Sec-WebSocket-Protocol: game\r\nSec-WebSocket-Extensions: x\r\n",
                "the server uses an extension that nobody offered"
            ),
        ] as [(String?, String, String)])
    func `a handshake that does not prove or agree opens nothing`(
        _ proof: String?, _ extra: String, _ reason: String
    ) async throws {
        let server = try RawServer()
        let bench = ClientBench()
        bench.open(1, "ws://127.0.0.1:\(server.port)/")
        let connection = try server.acceptSocket(accept: proof, extra: extra)
        #expect(await bench.hears(1, [.failed(.broken(reason: reason))]))
        #expect(await eventually { !connection.isOpen })
    }

    @Test(arguments: [
        ("", ClientError.timedOut), ("HTTP/1.1 101 Sw", .timedOut),
        ("NOT HTTP\r\n\r\n", .broken(reason: "the answer is not HTTP")),
        ("HTTP/1.1 101 Sw\r\n" + String(repeating: "A: b\r\n", count: 200), .answerTooLarge),
        (
            "HTTP/1.1 101 Sw\r\n\r\n",
            .broken(reason: "the handshake's answer names no WebSocket")
        ),
    ])
    func `a handshake without an answer that is one is over in time`(
        _ said: String, _ error: ClientError
    ) async throws {
        let server = try RawServer()
        let bench = ClientBench { $0.headBytes = 1024 }
        let timeout: Duration = error == .timedOut ? .milliseconds(200) : ClientBench.patience
        bench.open(1, "ws://127.0.0.1:\(server.port)/", timeout: timeout)
        let connection = try server.accept()
        _ = connection.receive(until: "\r\n\r\n")
        connection.send(said)
        #expect(await bench.hears(1, [.failed(error)]))
    }

    @Test(arguments: [
        "ftp://127.0.0.1/", "ws://", "127.0.0.1", "ws://user@127.0.0.1/", "ws://127.0.0.1/a b",
        "ws://127.0.0.1/\r\nX: y", "ws://127.0.0.1:x/",
    ])
    func `only addresses of sockets are opened`(_ url: String) async {
        let bench = ClientBench()
        bench.open(1, url)
        guard case .failed(.invalidURL)? = await bench.first(1) else {
            Issue.record("\(bench.events(1))")
            return
        }
    }

    @Test func `nobody at the port, and a subprotocol that is no word, open nothing`() async throws
    {
        let bench = ClientBench()
        bench.open(1, "ws://127.0.0.1:\(try Loopback.freePort())/")
        bench.open(2, "ws://127.0.0.1:1/", subprotocol: "a\r\nb")
        guard case .failed(.cannotConnect)? = await bench.first(1),
            case .failed(.invalidRequest)? = await bench.first(2)
        else {
            Issue.record("\(bench.events(1)) \(bench.events(2))")
            return
        }
    }

    // MARK: Ends

    @Test func `a server's closing frame is told and answered`() async throws {
        let (_, connection, bench) = try await pair()
        connection.send(frame(0x81, "last") + closeFrame(1011, "tired") + frame(0x81, "late"))
        #expect(
            await bench.hears(1, [.opened, .text("last"), .closed(code: 1011, reason: "tired")]))
        let answer = try #require(connection.receiveFrame())
        #expect(answer.first == 0x88 && answer.payload.starts(with: [0x03, 0xF3]))
        #expect(await eventually { !connection.isOpen })
    }

    @Test func `a closing frame without a code is 1005, a cut connection 1006`() async throws {
        let (_, connection, bench) = try await pair()
        connection.send([0x88, 0])
        #expect(await bench.hears(1, [.opened, .closed(code: 1005, reason: "")]))
        let server = try RawServer()
        bench.open(2, "ws://127.0.0.1:\(server.port)/")
        do {
            let cut = try server.acceptSocket()
            #expect(await bench.hears(2, [.opened]))
            withExtendedLifetime(cut) {}
        }
        #expect(
            await bench.hears(2, [.opened, .closed(code: 1006, reason: "connection lost")]))
    }

    @Test func `a socket that we close is told so, and says no more than its end`() async throws {
        let (_, connection, bench) = try await pair()
        bench.close(1, 1000)
        bench.send(1, "too late")
        let farewell = try #require(connection.receiveFrame())
        #expect(farewell.first == 0x88 && farewell.payload == [0x03, 0xE8])
        connection.send(frame(0x81, "unheard") + closeFrame(1000, "bye"))
        #expect(await bench.hears(1, [.opened, .closed(code: 1000, reason: "bye")]))
        #expect(connection.receive() == nil)
    }

    @Test func `a server that does not answer our closing frame is left`() async throws {
        let (_, connection, bench) = try await pair { $0.closeGrace = .milliseconds(50) }
        bench.close(1)
        #expect(
            await bench.hears(
                1, [.opened, .closed(code: 1006, reason: "no answer to the closing frame")]))
        withExtendedLifetime(connection) {}
        #expect(EventClientLimits().closeGrace <= .seconds(10))
    }

    @Test func `a socket that is closed before it is open says nothing`() async throws {
        let server = try RawServer()
        let bench = ClientBench()
        bench.open(1, "ws://127.0.0.1:\(server.port)/")
        let connection = try server.accept()
        _ = connection.receive(until: "\r\n\r\n")
        bench.close(1)
        #expect(connection.receive() == nil)
        #expect(bench.events(1).isEmpty)
    }

    @Test(
        arguments: [
            ([0x81, 2, 0xFF, 0xFE], 1007, "a text is not UTF-8"),
            ([0x83, 0], 1002, "broken frames"),
            ([0x81, 0x80, 1, 2, 3, 4], 1002, "broken frames"),
            ([0x88, 1, 3], 1002, "broken frames"),
            ([0x82, 126, 3, 0xE9, 65], 1009, "a message is too large"),
        ] as [([UInt8], UInt16, String)])
    func `a breach of the protocol ends the socket with a code`(
        _ bytes: [UInt8], _ code: UInt16, _ reason: String
    ) async throws {
        let (_, connection, bench) = try await pair { $0.messageBytes = 1000 }
        connection.send(bytes)
        #expect(await bench.hears(1, [.opened, .closed(code: code, reason: reason)]))
    }

    @Test func `fragments that are too large together end the socket`() async throws {
        let (_, connection, bench) = try await pair { $0.messageBytes = 1000 }
        let half = String(repeating: "a", count: 500)
        connection.send(frame(0x01, half) + frame(0x80, half))
        connection.send(frame(0x01, half) + frame(0x00, half) + frame(0x80, "b"))
        #expect(
            await bench.hears(
                1,
                [
                    .opened, .text(half + half),
                    .closed(code: 1009, reason: "a message is too large"),
                ]
            ))
        #expect(EventClientLimits().messageBytes == 1_048_576)
    }

    // MARK: Silence

    @Test func `a silent server is asked twice and then lost`() async throws {
        let (_, connection, bench) = try await pair { $0.pingInterval = .milliseconds(50) }
        #expect(connection.receiveFrame()?.first == 0x89)
        #expect(connection.receiveFrame()?.first == 0x89)
        #expect(
            await bench.hears(1, [.opened, .closed(code: 1006, reason: "the server is silent")]))
        #expect(connection.receive() == nil)
        #expect(EventClientLimits().pingInterval == .seconds(20))
        #expect(EventClientLimits().missedPongs == 2)
    }

    @Test func `a server that answers pings is kept`() async throws {
        let bench = ClientBench {
            $0.pingInterval = .milliseconds(10)
            $0.missedPongs = 50
        }
        let server = try RawServer()
        bench.open(1, "ws://127.0.0.1:\(server.port)/")
        let outcome = Mutex<[ClientEvent]>([])
        // It answers three times as many, on a thread that need not wait for other tests.
        try SystemThread(name: "peer") {
            guard let peer = try? server.acceptSocket() else { return }
            for _ in 0..<150 where peer.receiveFrame()?.first == 0x89 { peer.send([0x8A, 0]) }
            outcome.withLock { $0 = bench.events(1) }
        }.join()
        #expect(outcome.withLock { $0 } == [.opened])
    }

    @Test func `a server that does not read is left when the queue is full`() async throws {
        let (_, connection, bench) = try await pair { $0.queuedBytes = 100_000 }
        let large = String(repeating: "a", count: 50_000)
        for _ in 0..<400 { bench.send(1, large) }
        #expect(
            await bench.hears(
                1, [.opened, .closed(code: 1006, reason: "the server does not read")]))
        withExtendedLifetime(connection) {}
    }

    @Test func `a server that does not read is left for many small frames as well`() async throws {
        let server = try RawServer()
        let bench = ClientBench { $0.queuedFrames = 10 }
        bench.open(1, "ws://127.0.0.1:\(server.port)/")
        let connection = try server.accept()
        _ = connection.receive(until: "\r\n\r\n")
        for _ in 0..<11 { bench.send(1, "a") }
        #expect(
            await bench.hears(1, [.failed(.broken(reason: "the server does not read"))]))
        withExtendedLifetime(connection) {}
    }

    @Test func `what a slow server takes in pieces arrives whole`() async throws {
        let (_, connection, bench) = try await pair { $0.queuedBytes = 50_000_000 }
        let large = String(repeating: "a", count: 60_000)
        for _ in 0..<200 { bench.send(1, large) }
        for _ in 0..<200 {
            #expect(connection.receiveFrame()?.payload.count == 60_000)
        }
        #expect(bench.events(1) == [.opened])
    }
}
