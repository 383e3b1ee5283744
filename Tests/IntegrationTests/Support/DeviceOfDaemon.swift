import JSON
import TestSupport
import Testing
import Transport

/// A device of a daemon, with what tests ask of it as its administrator.
struct DeviceOfDaemon {
    let daemon: DaemonProcess
    let id: String

    /// Makes the device.
    init(_ daemon: DaemonProcess, _ name: String = "mast", in organization: String? = nil) throws {
        self.daemon = daemon
        let made = try daemon.call(
            "POST", "/api/v1/controller/device/",
            json: #"{"name":"\#(name)","organization":"\#(organization ?? daemon.organization)"}"#,
            token: daemon.token)
        id = try #require(made.object["id"]?.stringValue, "\(made.text)")
    }

    /// A device that is there.
    init(_ daemon: DaemonProcess, id: String) {
        self.daemon = daemon
        self.id = id
    }

    var path: String { "/api/v1/controller/device/\(id)/" }
    var socketPath: String { "/ws/controller/device/\(id)/command" }

    /// Makes a connection; its id.
    @discardableResult
    func connect(_ driver: String = "simulated", _ parameters: String = "{}") throws -> String {
        let made = try call(
            "POST", "connection/", #"{"driver":"\#(driver)","parameters":\#(parameters)}"#)
        return try #require(made.object["id"]?.stringValue, "\(made.text)")
    }

    func call(
        _ method: String, _ path: String, _ json: String? = nil, token: String? = nil,
        headers: [(String, String)] = []
    ) throws -> HTTPResponse {
        try daemon.call(
            method, self.path + path, json: json, token: token ?? daemon.token, headers: headers)
    }

    /// Gives a command; its id.
    func command(
        _ type: String, _ input: String = "null", _ more: String = "", key: String? = nil
    ) throws -> String {
        let made = try call(
            "POST", "command/", #"{"type":"\#(type)","input":\#(input)\#(more)}"#,
            headers: key.map { [("Idempotency-Key", $0)] } ?? [])
        #expect(made.status == 201, "\(made.text)")
        return try #require(made.object["id"]?.stringValue, "\(made.text)")
    }

    func custom(_ text: String, _ more: String = "", key: String? = nil) throws -> String {
        try command("custom", JSONValue.object(["command": .string(text)]).text, more, key: key)
    }

    func state(of command: String) throws -> JSONObject {
        try call("GET", "command/\(command)/").object
    }

    /// Waits for a command's end; how it then is.
    func end(of command: String) async throws -> JSONObject {
        var state = JSONObject()
        _ = await eventually(within: .seconds(30)) {
            state = (try? self.state(of: command)) ?? [:]
            return state["status"] != .string("in-progress")
        }
        return state
    }

    func socket(token: String? = nil) throws -> WebSocketClient {
        try daemon.webSocket(socketPath, token: token ?? daemon.token)
    }
}

extension WebSocketClient {
    /// What the socket tells of a command, up to its end.
    func updates(of command: String) throws -> [JSONObject] {
        var updates: [JSONObject] = []
        while let message = try nextObject(), let data = message["data"]?.objectValue {
            #expect(message.members.map(\.key) == ["model", "data"])
            guard data["id"] == .string(command) else { continue }
            updates.append(data)
            if data["status"] != .string("in-progress") { break }
        }
        return updates
    }
}
