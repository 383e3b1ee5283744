import JSON
import TestSupport
import Testing
import Transport

/// 004: how sessions end by themselves, and who is told.
@Suite struct WorkspaceBoundsTests {
    private struct Silence: Error {
        let event: WebSocketClient.Event
    }

    private func message(_ socket: WebSocketClient) throws -> JSONObject {
        let event = try socket.receive(timeout: .seconds(20))
        guard case .message(.text(let bytes)) = event else { throw Silence(event: event) }
        return try #require(JSONReader.read(bytes).objectValue)
    }

    private func event(_ socket: WebSocketClient) throws -> String {
        let message = try message(socket)
        let reason = message["data"]?.objectValue?["end_reason"]?.stringValue
        return (message["type"]?.stringValue ?? "?") + (reason.map { " \($0)" } ?? "")
    }

    @Test(arguments: [
        ("max_duration_seconds", "expired"), ("idle_timeout_seconds", "idle"),
        ("heartbeat_seconds", "heartbeat_lost"),
    ])
    func `a bound ends a session, after a warning`(bound: String, reason: String) async throws {
        let station = try await WorkspaceDaemon()
        _ = try station.administrator.call(
            "PUT", "/api/workspaces/ws-1panel", #"{"\#(bound)":2}"#)
        let john = try station.register("john")
        let live = try john.live()
        let id = try john.launch("ws-1panel")
        #expect(try event(live) == "session.started")
        let warning = try message(live)
        #expect(warning["type"] == .string("session.warning"))
        let data = try #require(warning["data"]?.objectValue)
        #expect(data["id"] == .string(id))
        #expect(data["end_reason"] == .string(reason))
        #expect(data["ends_at"]?.stringValue?.hasSuffix("Z") == true)
        #expect(try event(live) == "session.ended \(reason)")
        #expect(try john.session(id)["status"] == .string("terminated"))
    }

    @Test func `everybody hears of the own sessions only, an administrator of all`() async throws {
        let station = try await WorkspaceDaemon()
        let (eva, tom) = (try station.register("eva"), try station.register("tom"))
        let (hers, his) = (try eva.live(), try tom.live())
        let all = try station.administrator.live("?all=true")
        #expect(try refusal { _ = try eva.live("?all=true") } == 403)
        #expect(try refusal { _ = try station.port.socket("/api/sessions/live") } == 401)
        let id = try eva.launch()
        _ = try eva.call("POST", "/api/sessions/\(id)/disconnect")
        _ = try tom.launch()
        #expect(try event(hers) == "session.started")
        #expect(try event(hers) == "session.ended disconnected")
        #expect(try event(his) == "session.started")
        #expect(
            try [event(all), event(all), event(all)] == [
                "session.started", "session.ended disconnected", "session.started",
            ])
    }

    @Test func `whoever logs out hears nothing any more`() async throws {
        let station = try await WorkspaceDaemon()
        let john = try station.register("john")
        let live = try john.live()
        _ = try john.call("POST", "/api/auth/logout")
        let end = #expect(throws: Silence.self) { while true { _ = try message(live) } }
        #expect(end?.event == .closed(code: 1008, reason: "no right any more"))
    }

    @Test func `a restart ends what was under way`() async throws {
        let station = try await WorkspaceDaemon()
        let john = try station.register("john")
        let ids = try [john.launch(), john.launch("ws-1panel")]
        try await station.daemon.restart()
        for id in ids { #expect(try john.session(id)["status"] == .string("terminated")) }
        let list = try JSONReader.read(john.call("GET", "/api/workspaces").body).arrayValue ?? []
        #expect(list.allSatisfy { $0.objectValue?["status"] == .string("available") })
        _ = try john.launch()
    }
}
