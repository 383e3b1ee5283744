import TestSupport
import Testing
import Transport

/// WebSockets over real connections, by our client and by hand.
@Suite struct WebSocketServerTests {
    private func server(_ change: (inout TransportLimits) -> Void = { _ in }) throws -> EchoServer {
        var limits = TransportLimits()
        // A busy machine must not make a test's raw peer look dead.
        limits.pingInterval = .seconds(600)
        change(&limits)
        return try EchoServer(limits: limits)
    }

    private func messages(_ server: EchoServer) -> [WebSocketMessage] {
        server.heard { $0.messages.map(\.message) }
    }

    @Test func `the handshake's proof is the RFC's, and frames behind it are not lost`()
        async throws
    {
        let server = try server()
        let raw = try RawConnection(server.address.port)
        let answer = raw.upgrade(extra: clientFrame(0x81, Array("early".utf8)))
        #expect(answer.hasPrefix("HTTP/1.1 101"))
        #expect(answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
        #expect(await eventually { messages(server) == [.text(Array("early".utf8))] })
    }

    @Test func `fragments become one message and pings between them are answered`() async throws {
        let server = try server()
        let raw = try RawConnection(server.address.port)
        _ = raw.upgrade()
        raw.send(clientFrame(0x01, Array("a".utf8)))
        raw.send(clientFrame(0x89, Array("hi".utf8)))
        raw.send(clientFrame(0x00, Array("b".utf8)))
        raw.send(clientFrame(0x80, Array("c".utf8)))
        #expect(await eventually { messages(server) == [.text(Array("abc".utf8))] })
        #expect(raw.receive() == [0x8A, 2] + Array("hi".utf8))
    }

    @Test(
        arguments: [
            ("unmasked", clientFrame(0x81, [65], masked: false), 1002),
            ("a reserved bit", clientFrame(0xC1, [65]), 1002),
            ("a reserved opcode", clientFrame(0x83, [65]), 1002),
            ("a fragmented control frame", clientFrame(0x09, [65]), 1002),
            ("a continuation of nothing", clientFrame(0x80, [65]), 1002),
            ("text that is not UTF-8", clientFrame(0x81, [0xFF, 0xFE]), 1007),
            ("a close code that none may send", clientFrame(0x88, [0x03, 0xEE]), 1002),
            ("a close of one byte", clientFrame(0x88, [0x03]), 1002),
        ] as [(String, [UInt8], UInt16)])
    func `a breach of the protocol is told and ends the socket`(
        _ name: String, _ frame: [UInt8], _ code: UInt16
    ) async throws {
        let server = try server()
        let raw = try RawConnection(server.address.port)
        _ = raw.upgrade()
        raw.send(frame)
        let answer = raw.receiveAll()
        #expect(answer.count >= 4, "\(name): \(answer)")
        guard answer.count >= 4 else { return }
        #expect(answer[0] == 0x88, "\(name)")
        #expect(UInt16(answer[2]) << 8 | UInt16(answer[3]) == code, "\(name)")
        #expect(await eventually { server.heard { $0.closed.count } == 1 })
        #expect(server.heard { $0.closed.values.allSatisfy { $0.count == 1 } })
        #expect(messages(server).isEmpty)
    }

    @Test func `closing from either side is told once with its code`() async throws {
        let server = try server()
        let leaving = try WebSocketClient(server.url + "/ws")
        try leaving.close(1001, "bye")
        guard case .closed = try leaving.receive(timeout: .seconds(10)) else {
            Issue.record("no closing frame came back")
            return
        }
        #expect(await eventually { server.heard { $0.closed.values.first } == [1001] })
        let staying = try WebSocketClient(server.url + "/ws")
        #expect(await eventually { server.heard { $0.opened.count } == 2 })
        let id = try #require(server.heard { $0.opened.last })
        server.perform([.close(webSocket: id, code: 4410, reason: "session expired")])
        #expect(
            try staying.receive(timeout: .seconds(10))
                == .closed(code: 4410, reason: "session expired"))
        #expect(await eventually { server.heard { $0.closed[id] } == [4410] })
    }

    @Test func `one frame reaches a thousand sockets, each in order`() async throws {
        let server = try server()
        let clients = try (0..<1000).map { _ in try WebSocketClient(server.url + "/ws") }
        #expect(await eventually { server.heard { $0.opened.count } == 1000 })
        let ids = server.heard { $0.opened }
        for index in 0..<5 {
            server.perform([.send(.text(Array("tick \(index)".utf8)), to: ids)])
        }
        for client in clients {
            for index in 0..<5 {
                let event = try client.receive(timeout: .seconds(10))
                #expect(event == .message(.text(Array("tick \(index)".utf8))))
            }
        }
    }

    @Test func `a reader that stalls is closed with 1013 and slows nobody`() async throws {
        let server = try server { $0.queuedBytes = 256 * 1024 }
        let stalled = try RawConnection(server.address.port)
        stalled.shrinkReceiveBuffer()
        _ = stalled.upgrade()
        let reader = try WebSocketClient(server.url + "/ws")
        #expect(await eventually { server.heard { $0.opened.count } == 2 })
        let ids = server.heard { $0.opened }
        let tick = WebSocketFrame.binary([UInt8](repeating: 1, count: 32 * 1024))
        // More than every buffer on the way can hold.
        for _ in 0..<400 {
            server.perform([.send(tick, to: ids)])
            guard case .message = try reader.receive(timeout: .seconds(10)) else {
                Issue.record("the reader lost its socket")
                return
            }
        }
        #expect(await eventually { server.heard { $0.closed[ids[0]] } == [1013] })
        #expect(server.heard { $0.closed[ids[1]] } == nil)
    }

    @Test func `of keyed frames a stalled reader gets the latest and stays`() async throws {
        let server = try server { $0.queuedBytes = 512 * 1024 }
        let stalled = try RawConnection(server.address.port)
        stalled.shrinkReceiveBuffer()
        _ = stalled.upgrade()
        #expect(await eventually { server.heard { $0.opened.count } == 1 })
        let id = try #require(server.heard { $0.opened.first })
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: 30_000)
        for index in 0..<500 {
            let payload = Array("<\(index)>".utf8) + padding
            server.perform([.send(.text(payload, key: 7), to: [id])])
        }
        let text = stalled.receive(until: "<499>")
        #expect(text.contains("<499>"))
        #expect(!text.contains("<300>"), "older positions were left out")
        #expect(server.heard { $0.closed.isEmpty })
    }

    @Test func `a peer that misses two pings is dropped, one that answers stays`() async throws {
        let server = try server { $0.pingInterval = .milliseconds(50) }
        let silent = try RawConnection(server.address.port)
        _ = silent.upgrade()
        #expect(await eventually { server.heard { $0.opened.count } == 1 })
        let living = try WebSocketClient(server.url + "/ws")
        var events = 0
        _ = await eventually {
            // Reading answers the pings.
            if (try? living.receive(timeout: .milliseconds(20))) != .timedOut { events += 1 }
            return server.heard { $0.closed.count } > 0
        }
        #expect(events == 0)
        let ids = server.heard { $0.opened }
        #expect(server.heard { $0.closed } == [ids[0]: [1006]])
    }

    @Test func `shutting down closes every socket with 1001`() async throws {
        let server = try server()
        let clients = try (0..<10).map { _ in try WebSocketClient(server.url + "/ws") }
        #expect(await eventually { server.heard { $0.opened.count } == 10 })
        // The clients answer the closing frame while the server waits for it.
        server.stopAccepting()
        server.perform(
            server.heard { $0.opened }.map {
                .close(webSocket: $0, code: 1001, reason: "going away")
            })
        for client in clients {
            let event = try client.receive(timeout: .seconds(10))
            #expect(event == .closed(code: 1001, reason: "going away"))
        }
        server.shutDown()
        #expect(throws: ClientError.self) { try HTTPClient().call("GET", server.url + "/") }
    }

    @Test func `a half handshake is a defect and a refusal reaches the client whole`() throws {
        let server = try EchoServer { request in
            .respond(
                request: request.id,
                HTTPResponse(status: request.defect == nil ? 403 : 400, body: Array("no".utf8)))
        }
        #expect(throws: ClientError.refused(status: 403, body: Array("no".utf8))) {
            try WebSocketClient(server.url + "/ws")
        }
        for header in [
            "Sec-WebSocket-Version: 12", "Sec-WebSocket-Key: short", "Connection: close",
        ] {
            let raw = try RawConnection(server.address.port)
            let lines = [
                "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            ]
            let name = header.prefix { $0 != ":" }
            let kept = lines.filter { !$0.hasPrefix(name) } + [header]
            raw.send(
                "GET /ws HTTP/1.1\r\nHost: a\r\n" + kept.joined(separator: "\r\n") + "\r\n\r\n")
            #expect(raw.receive(until: "no").hasPrefix("HTTP/1.1 400"), "\(header)")
        }
    }
}
