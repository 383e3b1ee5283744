import JSON
import TestSupport
import Testing
import Transport

/// Contract «000», the relay, over the wire.
@Suite struct RelayContractTests {
    @Test func `frames reach every other socket verbatim, in order, and never their sender`()
        async throws
    {
        let daemon = try await DaemonProcess()
        let session = try daemon.makeSession()
        let sender = try daemon.socket(session)
        let others = try (0..<3).map { _ in try daemon.socket(session) }
        let frames: [WebSocketMessage] = (0..<50).map { index in
            index % 3 == 0
                ? .binary([0, 255, UInt8(index)]) : .text(Array(#" {"n": \#(index)} ü"#.utf8))
        }
        for frame in frames { try sender.send(frame) }
        for other in others {
            for frame in frames {
                #expect(try other.receive(timeout: .seconds(10)) == .message(frame))
            }
        }
        try others[0].send("back")
        // The first thing that the sender hears is what somebody else said.
        #expect(try sender.receive(timeout: .seconds(10)) == .message(.text(Array("back".utf8))))
    }

    @Test func `who asks for events hears of peers and gets the last mode and target`() async throws
    {
        let daemon = try await DaemonProcess()
        let session = try daemon.makeSession()
        let first = try daemon.socket(session, "?events=1")
        #expect(try first.nextObject() == ["type": .string("peer.joined"), "peers": .integer(1)])
        let silent = try daemon.socket(session)
        #expect(try first.nextObject() == ["type": .string("peer.joined"), "peers": .integer(2)])
        let target = #"{"type":"target","target":{"azimuth":10,"elevation":5}}"#
        try silent.send(target)
        try silent.send(#"{"type":"mode","mode":"manual"}"#)
        #expect(try first.nextObject()?["type"]?.stringValue == "target")
        #expect(try first.nextObject()?["type"]?.stringValue == "mode")
        let late = try daemon.socket(session, "?events=1")
        #expect(try late.receive(timeout: .seconds(10)) == .message(.text(Array(target.utf8))))
        #expect(try late.nextObject()?["mode"]?.stringValue == "manual")
        #expect(try late.nextObject() == ["type": .string("peer.joined"), "peers": .integer(3)])
        #expect(try first.nextObject() == ["type": .string("peer.joined"), "peers": .integer(3)])
        try late.close()
        #expect(try first.nextObject() == ["type": .string("peer.left"), "peers": .integer(2)])
        // The socket that did not ask has heard nothing of the server's own.
        try first.send("only this")
        #expect(
            try silent.receive(timeout: .seconds(10)) == .message(.text(Array("only this".utf8))))
    }

    @Test func `eight sockets may open and the ninth is refused before the upgrade`() async throws {
        let daemon = try await DaemonProcess()
        let session = try daemon.makeSession()
        var sockets = try (0..<8).map { _ in try daemon.socket(session) }
        #expect(try refusal { _ = try daemon.socket(session) } == 429)
        try sockets[0].close()
        sockets.removeFirst()
        let isFree = await eventually {
            (try? daemon.socket(session)).map { sockets.append($0) } != nil
        }
        #expect(isFree)
        #expect(try refusal { _ = try daemon.socket("unknown") } == 404)
    }

    @Test func `ending the session closes its sockets with 1000 session ended`() async throws {
        let daemon = try await DaemonProcess()
        let session = try daemon.makeSession()
        let sockets = try (0..<3).map { _ in try daemon.socket(session) }
        #expect(try daemon.call("DELETE", "/api/sessions/\(session)").status == 204)
        for socket in sockets {
            #expect(
                try socket.receive(timeout: .seconds(10))
                    == .closed(code: 1000, reason: "session ended"))
        }
    }

    @Test func `a frame over 64 KiB closes its sender with 1009`() async throws {
        let daemon = try await DaemonProcess()
        let session = try daemon.makeSession()
        let other = try daemon.socket(session)
        let socket = try daemon.socket(session)
        let largest = WebSocketMessage.binary([UInt8](repeating: 7, count: 65_536))
        try socket.send(largest)
        #expect(try other.receive(timeout: .seconds(10)) == .message(largest))
        try socket.send(.binary([UInt8](repeating: 7, count: 65_537)))
        guard case .closed(let code, _) = try socket.receive(timeout: .seconds(10)) else {
            Issue.record("the socket is still open")
            return
        }
        #expect(code == 1009)
    }

    @Test func `a page of another origin may not open a socket`() async throws {
        let daemon = try await DaemonProcess(
            ["--gpsd", "none", "--origins", "https://friend.example"])
        let session = try daemon.makeSession()
        func open(_ origin: String) throws -> Int? {
            try refusal {
                _ = try WebSocketClient(
                    "\(daemon.socketURL)/ws/session/\(session)",
                    headers: HTTPHeaders([("Origin", origin)]))
            }
        }
        #expect(try open("https://evil.example") == 403)
        #expect(try open(daemon.url) == nil)
        #expect(try open("https://friend.example") == nil)
    }

    @Test func `a session outlives a restart with its last mode`() async throws {
        let daemon = try await DaemonProcess()
        let session = try daemon.makeSession()
        let socket = try daemon.socket(session)
        let watcher = try daemon.socket(session)
        try socket.send(#"{"type":"mode","mode":"stop"}"#)
        _ = try watcher.receive(timeout: .seconds(10))
        daemon.process.signal(15)
        #expect(await daemon.process.waitForExit() == .code(0))
        guard case .closed(1001, _) = try watcher.receive(timeout: .seconds(10)) else {
            Issue.record("not closed with 1001")
            return
        }
        try await daemon.restart()
        #expect(try daemon.call("GET", "/api/sessions/\(session)").status == 200)
        let again = try daemon.socket(session, "?events=1")
        #expect(try again.nextObject()?["mode"]?.stringValue == "stop")
    }

    /// The status of a refused handshake; nil when it was accepted.
}
