import JSON
import TestSupport
import Testing
import Transport

/// Who may see and give a device's commands, as far as `RightsTable` does not say it.
@Suite struct CommandRightsTests {
    private let daemon: DaemonProcess
    private let device: DeviceOfDaemon
    private let organization: String

    init() async throws {
        daemon = try await DaemonProcess()
        device = try DeviceOfDaemon(daemon)
        organization = try daemon.organization
    }

    /// What somebody is answered.
    private struct Expected {
        /// Reading lists and items.
        let read: Int
        /// Making a connection, and giving a command.
        let change: Int
        /// The socket; nil when it opens.
        let socket: Int?
    }

    private func manager(_ email: String, _ permissions: String...) throws -> String {
        try daemon.makeUser(
            email, roles: [organization: "manager"], isStaff: true,
            permissions: permissions.map { "config.\($0)_device" })
    }

    private typealias Cases = KeyValuePairs<String, (token: String?, expected: Expected)>

    private func cases() throws -> Cases {
        [
            "superuser bound to it": (
                try daemon.makeToken("admin@localhost", boundTo: organization),
                Expected(read: 200, change: 201, socket: nil)
            ),
            "changer": (
                try manager("changer@x", "change"),
                Expected(read: 200, change: 201, socket: 403)
            ),
            "without delete": (
                try manager("nodelete@x", "view", "add", "change"),
                Expected(read: 200, change: 201, socket: 403)
            ),
            "nobody": (nil, Expected(read: 401, change: 401, socket: 403)),
        ]
    }

    @Test func `each permission is good for its own, and a bound token for its organisation`()
        async throws
    {
        let connection = try device.connect()
        let command = try device.custom("uptime")
        for (name, (token, expected)) in try cases() {
            for path in [
                "connection/", "connection/\(connection)/", "command/", "command/\(command)/",
            ] {
                let answer = try daemon.call("GET", device.path + path, token: token)
                #expect(answer.status == expected.read, "\(name): GET \(path)")
            }
            let bodies = [
                ("connection/", #"{"driver":"simulated","parameters":{}}"#),
                ("command/", #"{"type":"custom","input":{"command":"uptime"}}"#),
            ]
            for (path, body) in bodies {
                let answer = try daemon.call(
                    "POST", device.path + path, json: body, token: token)
                #expect(answer.status == expected.change, "\(name): POST \(path)")
                // One of a device's connections is enough.
                if path == "connection/", let id = answer.object["id"]?.stringValue {
                    _ = try device.call("DELETE", "connection/\(id)/")
                }
            }
            try changesOfConnection(connection, name, token, expected.change)
            try sockets(name, token, expected.socket)
        }
    }

    private func changesOfConnection(
        _ connection: String, _ name: String, _ token: String?, _ change: Int
    ) throws {
        let path = device.path + "connection/\(connection)/"
        let body = #"{"driver":"simulated","parameters":{}}"#
        for method in ["PUT", "PATCH"] {
            let answer = try daemon.call(method, path, json: body, token: token)
            #expect(answer.status == (change == 201 ? 200 : change), "\(name): \(method)")
        }
        let unknown = device.path + "connection/00000000-0000-4000-8000-000000000000/"
        let answer = try daemon.call("DELETE", unknown, token: token)
        #expect(answer.status == (change == 201 ? 404 : change), "\(name): DELETE")
    }

    private func sockets(_ name: String, _ token: String?, _ expected: Int?) throws {
        let path = device.socketPath
        func status(_ path: String) throws -> Int? {
            try refusal { _ = try daemon.webSocket(path, token: token) }
        }
        #expect(try status(path) == expected, "\(name): socket")
        let unknown = path.replacing(device.id, with: "00000000-0000-4000-8000-000000000000")
        #expect(try status(unknown) == 403, "\(name): not told apart from forbidden")
        for malformed in [
            path + "/", path.replacing(device.id, with: "x"),
            path.replacing(device.id, with: device.id.uppercased()),
            "/ws/controller/device/\(device.id)/", "/ws/controller/device/command",
        ] {
            #expect(try status(malformed) == 404, "\(name): \(malformed)")
        }
    }

    @Test func `a role that is lost closes the socket that it carried`() throws {
        let other = try daemon.makeOrganization("Other")
        let token = try daemon.makeUser(
            "m@x", roles: [organization: "manager", other: "manager"], isStaff: true,
            permissions: ["add", "change", "delete"].map { "config.\($0)_device" })
        let foreign = try DeviceOfDaemon(daemon, "foreign", in: other)
        let lost = try device.socket(token: token)
        let kept = try foreign.socket(token: token)
        try daemon.setRole("m@x", "member", in: organization)
        #expect(
            try lost.receive(timeout: .seconds(10))
                == .closed(code: 1008, reason: "no right any more"))
        #expect(try refusal { _ = try device.socket(token: token) } == 403)
        try foreign.connect()
        let id = try foreign.custom("x")
        #expect(try kept.updates(of: id).last?["status"] == .string("success"))
    }

    @Test func `a handshake without an upgrade, and a page of elsewhere, are refused`() throws {
        let plain = try daemon.call("GET", device.socketPath, token: daemon.token)
        #expect(plain.status == 426)
        let elsewhere = HTTPHeaders([
            ("Authorization", "Bearer \(try daemon.token)"), ("Origin", "http://evil.test"),
        ])
        #expect(
            try refusal {
                _ = try WebSocketClient(daemon.socketURL + device.socketPath, headers: elsewhere)
            } == 403)
    }
}
