import Foundation
import JSON
import Recording
import TestSupport
import Testing
import Transport

/// Recordings that the real daemon shows to a page.
@Suite struct RecordingSceneTests {
    private static let fixture =
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/Fixtures/recordings/live-pass.jsonl"

    private let daemon: DaemonProcess
    private let folder: String

    init() async throws {
        daemon = try await DaemonProcess()
        folder = daemon.folder.path + "/recordings"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: Self.fixture, toPath: folder + "/pass.jsonl")
    }

    private func get(_ path: String, token: String? = nil) throws -> HTTPResponse {
        try daemon.call("GET", "/v1/recordings" + path, token: token ?? daemon.token)
    }

    private func list() throws -> [JSONObject] {
        (try get("").object["recordings"]?.arrayValue ?? []).compactMap(\.objectValue)
    }

    private func running() throws -> [String?] {
        try list().filter { $0["isRunning"] == .bool(true) }.map { $0["name"]?.stringValue }
    }

    private func entries(_ answer: HTTPResponse) -> [JSONValue] {
        answer.object["entries"]?.arrayValue ?? []
    }

    private func command(_ words: String...) async throws -> String {
        let process = try daemon.startCommand(["record"] + words)
        #expect(await process.waitForOutput() == .code(0), "\(process.standardError)")
        return process.standardOutput
    }

    @Test func `the command line begins, lists and ends one whose name is taken`() async throws {
        func lines() async throws -> [String] {
            try await command("list").split(separator: "\n").map {
                $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
            }
        }
        let size = try Data(contentsOf: URL(filePath: Self.fixture)).count
        let started = try #require(try list().first?["started"]?.stringValue)
        let pass = "pass \(started) \(size) can be replayed"
        #expect(try await lines() == ["NAME STARTED BYTES STATE", pass])
        _ = try await command("start", "pass")
        #expect(await eventually { (try? self.running()) == ["pass-2"] })
        let listed = try await lines()
        #expect(listed.count == 3 && listed.contains(pass), "\(listed)")
        #expect(listed.contains { $0.hasPrefix("pass-2 ") && $0.hasSuffix(" running") })
        #expect(try await command("stop", "pass") == "ended\n")
        #expect(await eventually { (try? self.running()) == [] })
        #expect(
            try await lines().contains {
                $0.hasPrefix("pass-2 ") && $0.hasSuffix(" can be replayed")
            })
    }

    @Test func `recordings are listed, running ones and those that are none too`() async throws {
        try Data("{}\n".utf8).write(to: URL(filePath: folder + "/broken.jsonl"))
        try Data().write(to: URL(filePath: folder + "/.hidden.jsonl"))
        let begun = try daemon.call(
            "POST", "/v1/recordings", json: #"{"name":"now"}"#, token: daemon.token)
        #expect(begun.status == 202)
        #expect(
            await eventually {
                let now = try? self.list().first { $0["name"] == .string("now") }
                return now?["started"] != nil
            })
        let listed = try list()
        #expect(listed.map { $0["name"]?.stringValue } == ["broken", "now", "pass"])
        try #require(listed.count == 3)
        #expect(listed[0]["problem"] == .string("this is not a recording of boresight"))
        #expect(listed[1]["isRunning"] == .bool(true))
        #expect(listed[2]["isRunning"] == .bool(false))
        #expect(listed[2]["pace"] == .string("live") && listed[2]["fromStart"] == .bool(true))
        let size = try Data(contentsOf: URL(filePath: Self.fixture)).count
        #expect(listed[2]["bytes"] == .integer(Int64(size)))
        let ended = try daemon.call("POST", "/v1/recordings/now/stop", token: daemon.token)
        #expect(ended.status == 204)
        #expect(try list()[1]["isRunning"] == .bool(false))
    }

    @Test(arguments: [
        (letter: "a", listed: "", stays: [String]()),
        ("b", "-2", [String(repeating: "b", count: 64)]),
    ])
    func `what was begun twice under the longest name is ended by it or as it is listed`(
        letter: String, listed: String, stays: [String]
    ) async throws {
        let name = String(repeating: letter, count: 64)
        for file in [name, name + "-2"] {
            let begun = try daemon.call(
                "POST", "/v1/recordings", json: #"{"name":"\#(name)"}"#, token: daemon.token)
            #expect(begun.status == 202)
            #expect(await eventually { (try? self.running())?.contains(file) == true })
        }
        let path = "/v1/recordings/\(name)\(listed)/stop"
        #expect(try daemon.call("POST", path, token: daemon.token).status == 204)
        #expect(try running() == stays)
    }

    @Test func `a scene is what the page of a trace shows`() throws {
        let answer = try get("/pass/scene")
        #expect(answer.status == 200 && answer.headers["Cache-Control"] == "no-store")
        let bytes = Array(try Data(contentsOf: URL(filePath: Self.fixture)))
        let scene = try Scene(try RecordingReader(bytes))
        #expect(answer.body == TracePage.data(scene, name: "pass"))
        #expect(entries(answer).count > 400)
    }

    @Test func `a part is chosen by time, stream, kind and number`() throws {
        let all = entries(try get("/pass/scene"))
        let part = entries(try get("/pass/scene?from=2&until=4.5"))
        #expect(!part.isEmpty && part.count < all.count)
        let times = part.compactMap { $0.arrayValue?.first?.integerValue }
        #expect(times.allSatisfy { (2_000_000_000..<4_500_000_000).contains($0) })
        let socket = entries(try get("/pass/scene?stream=ws/*&stream=http/*&kind=in"))
        #expect(!socket.isEmpty && socket.count < all.count)
        let few = try get("/pass/scene?entries=10")
        #expect(entries(few).count == 10)
        #expect(few.object["left_out"] == .integer(Int64(all.count - 10)))
    }

    @Test(arguments: [
        "/none/scene", "/..%2fpass/scene", "/%2e%2e/scene", "/pass.jsonl/scene", "/%00/scene",
        "/.hidden/scene",
    ])
    func `what is not listed is not there`(path: String) throws {
        let answer = try get(path)
        #expect(answer.status == 404)
        #expect(answer.headers["Content-Type"] == "application/problem+json")
    }

    @Test(arguments: [
        "from=x", "from=-1", "until=1e99", "until=nan", "entries=0", "entries=50001", "kind=x",
        "stream=",
    ])
    func `a part that cannot be is refused`(query: String) throws {
        #expect(try get("/pass/scene?" + query).status == 400)
    }

    @Test func `a damaged recording says where`() throws {
        var text = try String(contentsOfFile: Self.fixture, encoding: .utf8)
        text.replace(#"{"turn":3,"#, with: #"{"turn":4,"#, maxReplacements: 1)
        try text.write(toFile: folder + "/bad.jsonl", atomically: true, encoding: .utf8)
        let answer = try get("/bad/scene")
        #expect(answer.status == 422)
        #expect(answer.object["detail"]?.stringValue?.contains("line ") == true)
    }

    @Test func `only a superuser looks at recordings`() throws {
        let other = try daemon.makeUser("a@b", roles: [:])
        for path in ["", "/pass/scene"] {
            #expect(try get(path, token: other).status == 403)
            #expect(try daemon.call("GET", "/v1/recordings" + path).status == 401)
        }
    }
}
