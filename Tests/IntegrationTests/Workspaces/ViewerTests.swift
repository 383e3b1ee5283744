import Foundation
import JSON
import TestSupport
import Testing
import Transport

/// 004: a session's stream, its page, and what is written down of it.
@Suite struct ViewerTests {
    /// A program that says who it is and then sends back what it gets.
    private static let echo = """
        import socket, sys, threading
        def serve(peer):
            peer.sendall(b"RFB " + sys.argv[2].encode())
            while data := peer.recv(65536):
                peer.sendall(data)
            peer.close()
        door = socket.create_server(("127.0.0.1", int(sys.argv[1])))
        while True:
            peer = door.accept()[0]
            threading.Thread(target=serve, args=(peer,), daemon=True).start()
        """

    private struct Scene {
        let station: WorkspaceDaemon
        let user: WorkspaceUser
        let folder: TemporaryFolder
        let workspace: String

        /// - Parameter rules: members of the workspace, behind a comma.
        init(_ rules: String = "") async throws {
            folder = try TemporaryFolder()
            try folder.write(ViewerTests.echo, to: "echo.py")
            try folder.write(
                """
                {"commands": {"echo": {
                  "executable": "/usr/bin/env",
                  "arguments": ["python3", "\(folder.path)/echo.py", "{port}", "{workspace}"],
                  "port": "picked", "startSeconds": 30, "stopSeconds": 1,
                }}}
                """, to: "commands.json")
            station = try await WorkspaceDaemon([
                "--workspaces-commands", folder.path + "/commands.json",
            ])
            let made = try station.administrator.call(
                "POST", "/api/workspaces",
                #"{"name":"Echo","type":"vnc","driver":"process","command":"echo"\#(rules)}"#)
            workspace = try #require(made.object["id"]?.stringValue, "\(made.text)")
            user = try station.register("eva")
        }

        func look(_ session: String, as user: WorkspaceUser? = nil) throws -> WebSocketClient {
            try station.port.socket("/viewer/\(session)", token: (user ?? self.user).token)
        }
    }

    private func bytes(_ socket: WebSocketClient, _ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            guard case .message(.binary(let more)) = try socket.receive(timeout: .seconds(20))
            else { break }
            bytes += more
        }
        return bytes
    }

    private func end(_ socket: WebSocketClient) throws -> WebSocketClient.Event {
        while true {
            let event = try socket.receive(timeout: .seconds(20))
            if case .message = event { continue }
            return event
        }
    }

    @Test func `the owner's socket is the program's port, in both directions`() async throws {
        let scene = try await Scene()
        let session = try scene.user.launch(scene.workspace)
        let socket = try scene.look(session)
        let greeting = Array("RFB \(scene.workspace)".utf8)
        #expect(try bytes(socket, greeting.count) == greeting)
        let data = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for start in stride(from: 0, to: data.count, by: 20_000) {
            try socket.send(.binary(Array(data[start..<(start + 20_000)])))
        }
        #expect(try bytes(socket, data.count) == data)
        // On the listener of everything the document's address works, too.
        let other = try scene.station.daemon.webSocket(
            "/viewer/\(session)", token: scene.user.token)
        #expect(try bytes(other, greeting.count) == greeting)
    }

    @Test func `nobody else looks, and not at what cannot be looked at`() async throws {
        let scene = try await Scene()
        let session = try scene.user.launch(scene.workspace)
        let tom = try scene.station.register("tom")
        #expect(try refusal { _ = try scene.look(session, as: tom) } == 404)
        let admin = try scene.station.administrator
        #expect(try refusal { _ = try scene.look(session, as: admin) } == 404)
        #expect(try refusal { _ = try scene.station.port.socket("/viewer/\(session)") } == 401)
        let plain = try scene.user.launch()
        #expect(try refusal { _ = try scene.look(plain) } == 409)
        var sockets = try (0..<8).map { _ in try scene.look(session) }
        #expect(try refusal { _ = try scene.look(session) } == 503)
        try sockets.removeFirst().close()
        #expect(await eventually { (try? scene.look(session)) != nil })
    }

    @Test func `the end of a session closes its sockets, and says why`() async throws {
        let scene = try await Scene()
        let session = try scene.user.launch(scene.workspace)
        let socket = try scene.look(session)
        _ = try scene.user.call("POST", "/api/sessions/\(session)/disconnect")
        #expect(try end(socket) == .closed(code: 1000, reason: "session ended: disconnected"))
        #expect(try refusal { _ = try scene.look(session) } == 409)
        let page = try scene.user.call("GET", "/viewer/\(session)").text
        #expect(page.contains("it was disconnected"))
    }

    @Test func `whoever logs out sees nothing any more`() async throws {
        let scene = try await Scene()
        let socket = try scene.look(try scene.user.launch(scene.workspace))
        _ = try scene.user.call("POST", "/api/auth/logout")
        guard case .closed(let code, _) = try end(socket) else {
            Issue.record("it goes on")
            return
        }
        #expect([1000, 1008].contains(code))
    }

    @Test func `looking is a heartbeat, and not that anything is done`() async throws {
        let scene = try await Scene(#","idle_timeout_seconds":20,"heartbeat_seconds":15"#)
        let session = try scene.user.launch(scene.workspace)
        let socket = try scene.look(session)
        let live = try scene.user.live()
        // Looked at, it needs no heartbeat; and nobody does anything.
        while true {
            guard case .message(.text(let text)) = try live.receive(timeout: .seconds(60)) else {
                Issue.record("nothing is told")
                return
            }
            let message = try JSONReader.read(text).objectValue
            guard message?["type"] == .string("session.ended") else { continue }
            #expect(message?["data"]?.objectValue?["end_reason"] == .string("idle"))
            break
        }
        #expect(try end(socket) == .closed(code: 1000, reason: "session ended: idle"))
    }

    @Test func `the page says how the session is`() async throws {
        let scene = try await Scene()
        let session = try scene.user.launch(scene.workspace)
        let page = try scene.user.call("GET", "/viewer/\(session)")
        #expect(page.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(page.headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
        #expect(page.text.contains("its stream can be opened"))
        #expect(page.text.contains("<h1>Echo</h1>"))
        #expect(try scene.station.port.call("GET", "/assets/shell/shell.css").status == 200)
        let cookie = [("Cookie", "sessionid=\(scene.user.token)")]
        let other = try scene.station.port.call("GET", "/viewer/\(session)", headers: cookie)
        #expect(other.status == 200, "a browser that has logged in has a cookie only")
    }

    @Test func `what flows is written down when the workspace says so, and only then`() async throws
    {
        let scene = try await Scene(#","records_sessions":true"#)
        let launched = try scene.user.call("POST", "/api/workspaces/\(scene.workspace)/launch")
        let security = launched.object["security"]?.objectValue
        #expect(security?["session_recording"] == .bool(true))
        let session = try #require(launched.object["session_id"]?.stringValue)
        let socket = try scene.look(session)
        try socket.send(.binary(Array("good day".utf8)))
        let greeting = "RFB \(scene.workspace)"
        _ = try bytes(socket, greeting.utf8.count + 8)
        try socket.close()
        let file = scene.station.daemon.folder.path + "/workspaces/\(session)-1.jsonl"
        func lines() -> [JSONObject] {
            let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
            return text.split(separator: "\n").compactMap {
                (try? JSONReader.read(Array($0.utf8)))?.objectValue
            }
        }
        #expect(await eventually { lines().last?["end"] != nil })
        #expect(lines().first?["format"] == .string("boresight.viewer"))
        func said(by who: String) -> String {
            let data = lines().filter { $0["from"] == .string(who) }
                .compactMap { $0["data"]?.stringValue.flatMap { Data(base64Encoded: $0) } }
            return String(decoding: data.joined(), as: UTF8.self)
        }
        #expect(said(by: "client") == "good day")
        #expect(said(by: "server").hasPrefix(greeting))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        // What is not to be written down is not.
        _ = try scene.station.administrator.call(
            "PUT", "/api/workspaces/\(scene.workspace)", #"{"records_sessions":false}"#)
        let plain = try scene.user.launch(scene.workspace)
        let look = try scene.look(plain)
        _ = try bytes(look, greeting.utf8.count)
        let all = try FileManager.default.contentsOfDirectory(
            atPath: scene.station.daemon.folder.path + "/workspaces")
        #expect(!all.contains { $0.hasPrefix(plain) && $0.hasSuffix(".jsonl") })
    }
}
