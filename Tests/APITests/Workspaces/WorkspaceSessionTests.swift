import Engine
import JSON
import TestSupport
import Testing
import Transport

/// Sessions of workspaces in virtual time.
@Suite(.quiet) struct WorkspaceSessionTests {
    private let world: VirtualStation
    private static let path = "/workspaces/api"

    init() throws {
        world = try VirtualStation(receiver: { _ in nil })
    }

    private func change(_ rules: String) {
        let answer = world.call(
            "PUT", Self.path + "/workspaces/ws-1panel", json: "{\(rules)}", admin: true)
        #expect(answer?.status == 200)
    }

    private func launch() throws -> String {
        let number = world.ask(
            "POST", Self.path + "/workspaces/ws-1panel/launch", token: world.adminToken)
        world.core.run(for: .seconds(1))
        return try #require(world.answer(to: number)?.object["session_id"]?.stringValue)
    }

    private func status(_ session: String) -> JSONValue? {
        world.call("GET", Self.path + "/sessions/\(session)", admin: true)?.object["status"]
    }

    private func heartbeat(_ session: String) -> Int? {
        world.call("POST", Self.path + "/sessions/\(session)/heartbeat", admin: true)?.status
    }

    @Test func `a heartbeat keeps a session, and without it the session ends`() throws {
        change(#""heartbeat_seconds":30"#)
        let session = try launch()
        for _ in 0..<20 {
            #expect(heartbeat(session) == 200)
            world.core.run(for: .seconds(29))
        }
        world.core.run(for: .milliseconds(999))
        #expect(status(session) == .string("active"))
        world.core.run(for: .milliseconds(1))
        #expect(status(session) == .string("terminated"))
        #expect(heartbeat(session) == 409)
    }

    @Test func `the socket says when a session will end, and that it has`() throws {
        change(#""max_duration_seconds":3600,"warning_seconds":300"#)
        let token = world.adminToken
        let live = try #require(
            world.open(at: Self.path + "/sessions/live", query: "token=\(token)"))
        let session = try launch()
        world.core.run(for: .seconds(3600))
        let messages = world.takeMessages(live)
        #expect(
            messages.map { $0["type"]?.stringValue } == [
                "session.started", "session.warning", "session.ended",
            ])
        let times = messages.map { message -> String in
            message["data"]?.objectValue?["ends_at"]?.stringValue ?? "-"
        }
        #expect(times == ["-", "2027-01-15T09:00:02.000Z", "-"])
        #expect(messages.allSatisfy { $0["data"]?.objectValue?["id"] == .string(session) })
        #expect(status(session) == .string("terminated"))
    }

    /// Whatever people do in whatever order: a workspace runs exactly while somebody has a session
    /// of it, nobody has more than they launched, and what has ended stays as it ended.
    @Test(arguments: 0..<20)
    func `any order of calls leaves workspaces and sessions in step`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed, purpose: "calls")
        func pick<Thing>(_ things: [Thing]) -> Thing? {
            things.isEmpty ? nil : things[Int(random.next() % UInt64(things.count))]
        }
        let people = try (0..<3).map { number in
            let answer = world.call(
                "POST", Self.path + "/auth/register",
                json: #"{"email":"p\#(number)@x","password":"correct horse"}"#)
            return try #require(answer?.object["access_token"]?.stringValue, "\(seed)")
        }
        let workspaces = ["ws-1panel", "ws-linux-desktop"]
        change(#""crashes_after_seconds":40,"starts_in_seconds":3"#)
        var ended: [String: String] = [:]
        for _ in 0..<60 {
            let person = try #require(pick(people))
            let workspace = try #require(pick(workspaces))
            switch random.next() % 5 {
            case 0, 1:
                _ = world.ask(
                    "POST", Self.path + "/workspaces/\(workspace)/launch", token: person)
            case 2:
                _ = world.call(
                    "POST", Self.path + "/workspaces/\(workspace)/stop", token: person)
            case 3:
                if let session = pick(sessions(person, "/active")) {
                    let id = session["id"]?.stringValue ?? ""
                    let path = Self.path + "/sessions/\(id)/disconnect"
                    #expect(world.call("POST", path, token: person)?.status == 200)
                }
            default: world.core.run(for: .seconds(Int64(random.next() % 20)))
            }
            try check(people, workspaces, &ended)
        }
    }

    private func sessions(_ person: String, _ more: String = "") -> [JSONObject] {
        let answer = world.call("GET", Self.path + "/sessions" + more, token: person)
        let list = answer.flatMap { try? JSONReader.read($0.body) }?.arrayValue
        return (list ?? []).compactMap(\.objectValue)
    }

    private func check(
        _ people: [String], _ workspaces: [String], _ ended: inout [String: String]
    ) throws {
        let all = people.flatMap { sessions($0) }
        for workspace in workspaces {
            let isUsed = all.contains {
                $0["workspace_id"] == .string(workspace) && $0["status"] == .string("active")
            }
            let answer = world.call(
                "GET", Self.path + "/workspaces/\(workspace)", token: people[0])
            let status = answer?.object["status"]
            #expect(status == .string(isUsed ? "running" : "available"))
        }
        for session in all {
            let id = session["id"]?.stringValue ?? ""
            let isActive = session["status"] == .string("active")
            #expect(isActive == (session["ended_at"] == .null))
            let text = JSONValue.object(session).text
            if let before = ended[id] { #expect(text == before) }
            if !isActive { ended[id] = text }
        }
    }
}
