import Foundation
import JSON
import Recording
import Simulation
import TestSupport
import Testing
import Transport

/// 003: what is written down of a night tells no secret, and runs again.
@Suite struct NightSecretsTests {
    private static let webhookSecret = "webhook-geheim-17"
    /// In the form of a token, as one that was revoked has it.
    private static let wrongToken = "guess-" + String(repeating: "t", count: 37)

    @Test func `a recorded night has no secret in it and replays to the last bit`() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/night.jsonl"
        let receiver = try HookServer()
        let night = try await NightDaemon(["--record", file])
        let host = try Host(night)
        let user = try night.daemon.makeUser("host@x", permissions: ["game-night.host"])
        var secrets = try [
            night.key, night.daemon.token, user, Self.webhookSecret, "guessed-key-1",
            "guessed-key-2", "guessed-key-3", Self.wrongToken,
        ]
        secrets.append(try #require(host.token.split(separator: ".").last.map(String.init)))
        let answers = try await play(host, user, receiver)
        for secret in secrets where secret != Self.webhookSecret {
            #expect(!answers.contains(secret))
        }
        #expect(!answers.contains(Self.webhookSecret), "an answer tells it")
        try await stop(night)
        try await night.daemon.restart()
        try host.make("POST", "/api/sessions", #"{"notes":"second life"}"#)
        _ = try night.logIn()
        try await stop(night)

        let log = night.daemon.process.standardError
        for secret in secrets { #expect(!log.contains(secret), "the log tells \(secret)") }
        for file in [file, folder.path + "/night-2.jsonl"] {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            for secret in secrets { #expect(!text.contains(secret), "\(file) tells \(secret)") }
            var reader = try RecordingReader(Array(text.utf8))
            let result = try ExactReplay.run(&reader)
            #expect(result.divergence == nil, "\(result)")
            for command in ["replay", "verify"] {
                let process = try ChildProcess(
                    try BuiltProgram.path("boresight"), [command, file])
                #expect(
                    await process.waitForExit(within: .seconds(120)) == .code(0),
                    "\(process.standardOutput.suffix(2000))")
            }
        }
        try checkStore(night, secrets.filter { $0 != Self.webhookSecret })
    }

    /// The store keeps hashes, but for what it must sign with.
    private func checkStore(_ night: NightDaemon, _ secrets: [String]) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: night.daemon.folder.path)
        for file in files where !["admin.token", "game-night.key"].contains(file) {
            let path = night.daemon.folder.path + "/" + file
            guard let bytes = FileManager.default.contents(atPath: path) else { continue }
            for secret in secrets {
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(file) tells \(secret)")
            }
        }
    }

    private func stop(_ night: NightDaemon) async throws {
        night.daemon.process.signal(15)
        try #require(await night.daemon.process.waitForExit() == .code(0))
    }

    /// Everything that has to do with a secret, and a night around it; all answers but the logins'.
    private func play(
        _ host: Host, _ user: String, _ receiver: HookServer
    ) async throws -> String {
        var answers: [String] = []
        func call(_ method: String, _ path: String, _ json: String? = nil, _ token: String?) throws
        {
            answers.append(try host.night.call(method, path, json: json, token: token).text)
        }
        for body in [
            #"{"key":"guessed-key-1"}"#, #"{"key":"guessed-key-2"#, #"{"key":["guessed-key-3"]}"#,
        ] {
            try call("POST", "/api/auth/login", body, nil)
        }
        let sockets = [try host.night.live(), try host.night.live()]
        for (socket, token) in zip(sockets, [host.token, user]) {
            for token in [Self.wrongToken, token] {
                try socket.send(#"{"type":"auth","token":"\#(token)"}"#)
                answers.append(try socket.nextObject().map { JSONValue.object($0).text } ?? "")
            }
            try socket.send(#"{"type":"subscribe","sessionId":1}"#)
        }
        let hook = #""name":"bot","url":"\#(receiver.url)""#
        try call(
            "POST", "/api/webhooks", #"{\#(hook),"secret":"\#(Self.webhookSecret)"}"#, host.token)
        try call("POST", "/api/webhooks", #"{"secret":"\#(Self.webhookSecret)"}"#, host.token)
        try call("PATCH", "/api/webhooks/1", #"{"secret":"\#(Self.webhookSecret)"}"#, user)
        try call("POST", "/api/webhooks/test/1", nil, user)
        try call("POST", "/api/sessions", #"{"notes":"Friday"}"#, host.token)
        try call("POST", "/api/sessions", #"{"notes":"Friday"}"#, Self.wrongToken)
        try call(
            "POST", "/api/sessions/1/games", #"{"game_id":1,"room_code":"ABCD"}"#, host.token)
        try call(
            "POST", "/api/votes/live",
            #"{"username":"a","vote":"up","timestamp":"2099-01-01T00:00:00Z"}"#, host.token)
        try call(
            "POST", "/api/sessions/1/chat-import",
            #"{"chatData":[{"username":"a","message":"thisgame++","#
                + #""timestamp":"2099-01-01T00:00:00Z"}]}"#, host.token)
        try call("GET", "/api/sessions/1/export?format=json", nil, host.token)
        #expect(await eventually { receiver.deliveries.count == 2 })
        #expect(
            await eventually {
                (try? host.night.call("GET", "/api/webhooks/1/logs", token: host.token).text)?
                    .contains("waiting") == false
            })
        for path in ["/api/webhooks", "/api/webhooks/1", "/api/webhooks/1/logs"] {
            try call("GET", path, nil, host.token)
        }
        try call("DELETE", "/api/sessions/1/games/1", nil, host.token)
        try call("POST", "/api/sessions/1/close", nil, user)
        for socket in sockets {
            try socket.send(#"{"type":"ping"}"#)
            while let object = try socket.nextObject(), object["type"] != .string("pong") {
                answers.append(JSONValue.object(object).text)
            }
            try socket.close()
        }
        return answers.joined(separator: "\n")
    }
}
