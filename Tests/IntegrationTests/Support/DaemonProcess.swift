import JSON
import TestSupport
import Transport

/// The real daemon as a process of its own, on a folder of its own.
/// Its state changes in `restart` only, which the test that owns it calls.
final class DaemonProcess: @unchecked Sendable {
    let folder: TemporaryFolder
    private let options: [String]
    private(set) var process: ChildProcess
    private(set) var url = ""

    /// Starts the daemon and waits until it is ready.
    init(_ options: [String] = ["--gpsd", "none"], folder: TemporaryFolder? = nil) async throws {
        self.folder = try folder ?? TemporaryFolder()
        // One port for all its lives, so that clients find it again after a restart.
        let port = try Loopback.freePort()
        let listen = options.contains("--listen") ? [] : ["--listen", "127.0.0.1:\(port)"]
        self.options = ["serve", "--data", self.folder.path] + listen + options
        process = try ChildProcess(try BuiltProgram.path("boresight"), self.options)
        try await waitUntilReady()
    }

    /// Kills the daemon without a warning.
    func kill() {
        process.kill()
    }

    /// Starts it again on the same folder.
    func restart() async throws {
        process.kill()
        process = try ChildProcess(try BuiltProgram.path("boresight"), options)
        try await waitUntilReady()
    }

    private func waitUntilReady() async throws {
        let line = try await process.waitForLine(containing: "ready http")
        url = String(line.dropFirst("ready ".count))
    }

    var token: String {
        get throws { try String(folder.text(of: "admin.token").prefix { $0 != "\n" }) }
    }

    /// What hosts of game nights log in with.
    var hostKey: String {
        get throws { try String(folder.text(of: "game-night.key").prefix { $0 != "\n" }) }
    }

    var socketURL: String { url.replacing("http", with: "ws", maxReplacements: 1) }

    // MARK: Calls

    /// Calls the API; `json` is the body.
    func call(
        _ method: String, _ path: String, json: String? = nil, token: String? = nil,
        headers: [(String, String)] = []
    ) throws -> HTTPResponse {
        var all = HTTPHeaders(headers.map { (name: $0.0, value: $0.1) })
        if let token { all.add("Authorization", "Bearer \(token)") }
        if json != nil, all["Content-Type"] == nil { all.add("Content-Type", "application/json") }
        return try HTTPClient().call(
            method, url + path, headers: all, body: json.map { Array($0.utf8) })
    }

    /// Starts a command that talks to the daemon, as the administrator or with another token.
    func startCommand(_ words: [String], token: String? = nil) throws -> ChildProcess {
        var file = "admin.token"
        if let token {
            file = "token-" + token.prefix(8)
            try folder.write(token, to: file)
        }
        return try ChildProcess(
            try BuiltProgram.path("boresight"), words,
            environment: [
                "HOME=/nonexistent", "PATH=/usr/bin:/bin", "BORESIGHT_SERVER=\(url)",
                "BORESIGHT_TOKEN_FILE=\(folder.path)/\(file)",
            ])
    }

    /// Creates a session and returns its token.
    func makeSession() throws -> String {
        let object = try call("POST", "/api/sessions").object
        guard let token = object["token"]?.stringValue else {
            throw ChildProcess.Failure(description: "no session: \(object)")
        }
        return token
    }

    /// Adds a rotor; `settings` is the inside of a JSON object.
    @discardableResult
    func addRotor(_ settings: String) throws -> HTTPResponse {
        try call("POST", "/api/rotors", json: "{\(settings)}", token: token)
    }

    func socket(_ session: String, _ query: String = "") throws -> WebSocketClient {
        try WebSocketClient("\(socketURL)/ws/session/\(session)\(query)")
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a JSON object; empty when it is none.
    var object: JSONObject { (try? JSONReader.read(body))?.objectValue ?? JSONObject() }
}

extension WebSocketClient {
    /// The next text message as JSON; nil when none comes in time or the socket closes.
    func nextObject(within limit: Duration = .seconds(10)) throws -> JSONObject? {
        guard case .message(.text(let bytes)) = try receive(timeout: limit) else { return nil }
        return try JSONReader.read(bytes).objectValue
    }
}
