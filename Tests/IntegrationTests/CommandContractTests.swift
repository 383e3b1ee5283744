import JSON
import TestSupport
import Testing
import Transport

/// Contract «002», commands and connections, over the wire.
@Suite struct CommandContractTests {
    private static let keys = [
        "id", "device", "connection", "type", "input", "output", "status", "created", "modified",
    ]
    /// Three pieces of output, a tenth of a second apart or more.
    private static let slow =
        #"{"script":{"custom":[{"output":"one\n"},{"after":0.2,"output":"two\n"},"#
        + #"{"after":0.2,"output":"three"},{"after":0.2,"exit_code":0}]}}"#

    private let daemon: DaemonProcess
    private let device: DeviceOfDaemon

    init() async throws {
        daemon = try await DaemonProcess()
        device = try DeviceOfDaemon(daemon)
    }

    @Test func `two sockets of a device hear of its output in pieces, alike`() async throws {
        let connection = try device.connect("simulated", Self.slow)
        let other = try DeviceOfDaemon(daemon, "other")
        try other.connect()
        let sockets = try (0..<2).map { _ in try device.socket() }
        let foreign = try other.socket()
        try sockets[0].send("whatever")
        try sockets[0].send(.binary([0, 255]))
        let made = try device.call(
            "POST", "command/", #"{"type":"custom","input":{"command":"uptime"}}"#)
        #expect(made.status == 201)
        #expect(made.object.members.map(\.key) == Self.keys)
        #expect(made.object["status"] == .string("in-progress"))
        #expect(made.object["type"] == .string("Custom Command"))
        #expect(made.object["input"] == .object(["command": .string("uptime")]))
        #expect(made.object["connection"] == .string(connection))
        #expect(made.object["output"] == .string(""))
        let id = try #require(made.object["id"]?.stringValue)
        let heard = try sockets.map { try $0.updates(of: id) }
        #expect(heard[0] == heard[1])
        let outputs = heard[0].compactMap { $0["output"]?.stringValue }
        #expect(outputs == ["one\n", "one\ntwo\n", "one\ntwo\nthree", "one\ntwo\nthree\n"])
        #expect(heard[0].allSatisfy { $0.members.map(\.key) == Self.keys })
        #expect(heard[0].last?["status"] == .string("success"))
        #expect(heard[0].last?["created"] == made.object["created"])
        #expect(try device.state(of: id) == heard[0].last)
        let list = try device.call("GET", "command/?page_size=5").object
        #expect(list["count"] == .integer(1))
        #expect(list["results"]?.arrayValue?.first?.objectValue == heard[0].last)
        #expect(try foreign.receive(timeout: .milliseconds(200)) == .timedOut)
    }

    @Test func `types have their names and inputs, and rotors their orders`() async throws {
        let rotctld = try await RealRotctld()
        try device.connect("rotctld", #"{"port":\#(rotctld.port)}"#)
        let orders: [(type: String, input: String, name: String, output: String)] = [
            ("point", #"{"azimuth":3,"elevation":1.5}"#, "Point Rotor", "RPRT 0\n"),
            ("stop", "null", "Stop Rotor", "RPRT 0\n"),
            ("park", "null", "Park Rotor", "RPRT 0\n"),
            ("reboot", "null", "Reboot", "RPRT 0\n"),
            (
                "custom", #"{"command":"_"}"#, "Custom Command",
                "get_info:\nInfo: Dummy rotator\nRPRT 0\n"
            ),
        ]
        for (type, input, name, output) in orders {
            let state = try await device.end(of: device.command(type, input))
            #expect(state["type"] == .string(name))
            #expect(state["status"] == .string("success"))
            #expect(state["output"] == .string(output))
        }
        let refused = try await device.end(
            of: device.command("point", #"{"azimuth":1000,"elevation":1}"#))
        #expect(refused["status"] == .string("failed"))
        #expect(refused["output"]?.stringValue?.hasPrefix("RPRT -1\n") == true)
        #expect(refused["output"]?.stringValue?.contains("outside its limits") == true)
        rotctld.kill()
        let lost = try await device.end(of: device.command("stop"))
        #expect(
            lost["output"] == .string("cannot connect: nobody listens at that address\n"))
    }

    @Test func `the rotor turns where a command points it`() async throws {
        let rotctld = try await RealRotctld()
        try device.connect("rotctld", #"{"port":\#(rotctld.port)}"#)
        _ = try await device.end(of: device.command("point", #"{"azimuth":6,"elevation":3}"#))
        try await rotctld.stands { abs($0 - 6) < 0.1 && abs($1 - 3) < 0.1 }
    }

    @Test func `a wrong request is refused, field by field`() throws {
        let without = try device.call("POST", "command/", #"{"type":"reboot","input":null}"#)
        #expect(without.status == 400)
        #expect(without.text == #"{"device":["Device has no credentials assigned."]}"#)
        try device.connect("rotctld")
        let nobody = "00000000-0000-4000-8000-000000000000"
        let wrong: [(body: String, field: String, message: String?)] = [
            ("{}", "type", "This field is required."),
            (#"{"type":null}"#, "type", "This field may not be null."),
            (#"{"type":"dance","input":null}"#, "type", #""dance" is not a valid choice."#),
            (#"{"type":5}"#, "type", #""5" is not a valid choice."#),
            (#"{"type":"custom"}"#, "input", "This field is required."),
            (#"{"type":"custom","input":"uptime"}"#, "input", nil),
            (#"{"type":"custom","input":{"command":""}}"#, "input", nil),
            (#"{"type":"custom","input":{"command":"p","x":1}}"#, "input", nil),
            (#"{"type":"point","input":{"azimuth":"a","elevation":1}}"#, "input", nil),
            (#"{"type":"change_password","input":{"password":"longenough"}}"#, "type", nil),
            (
                #"{"type":"stop","input":null,"connection":"\#(nobody)"}"#, "connection",
                #"Invalid pk "\#(nobody)" - object does not exist."#
            ),
            (#"{"type":"stop","input":null,"connection":7}"#, "connection", nil),
            (#"{"type":"stop","input":null,"expires_in":"soon"}"#, "expires_in", nil),
            (#"{"type":"stop","input":null,"expires_in":0}"#, "expires_in", nil),
        ]
        for (body, field, message) in wrong {
            let answer = try device.call("POST", "command/", body)
            #expect(answer.status == 400, "\(body): \(answer.text)")
            #expect(answer.object.members.map(\.key) == [field], "\(body): \(answer.text)")
            guard let message else { continue }
            #expect(answer.object[field] == .array([.string(message)]))
        }
        #expect(try device.call("GET", "command/").object["count"] == .integer(0))
        #expect(try device.call("GET", "command/\(nobody)/").text == #"{"detail":"Not found."}"#)
        #expect(try device.call("DELETE", "command/").status == 405)
    }

    @Test func `a device may come with its first connection`() async throws {
        func add(_ more: String) throws -> HTTPResponse {
            try daemon.call(
                "POST", "/api/v1/controller/device/",
                json: #"{"name":"boat","organization":"\#(daemon.organization)"\#(more)}"#,
                token: daemon.token)
        }
        for (more, field) in [
            (#","driver":"telnet""#, "driver"), (#","driver":7"#, "driver"),
            (#","driver":"ssh""#, "parameters"),
            (#","driver":"simulated","parameters":7"#, "parameters"),
        ] {
            let refused = try add(more)
            #expect(refused.status == 400)
            #expect(refused.object.members.map(\.key) == [field], "\(refused.text)")
        }
        // Nothing was made by what was refused, or the name would be taken.
        let made = try add(#","driver":"rotctld","parameters":{"port":4999}"#)
        let id = try #require(made.object["id"]?.stringValue, "\(made.text)")
        let list = try daemon.call(
            "GET", "/api/v1/controller/device/\(id)/connection/", token: daemon.token)
        let connection = list.object["results"]?.arrayValue?.first?.objectValue
        #expect(connection?["driver"] == .string("rotctld"))
        #expect(connection?["parameters"]?.objectValue?["port"] == .integer(4999))
    }

    @Test func `connections are made, changed and deleted, and keep their secrets`() throws {
        let wrong = [
            "{}", #"{"driver":"telnet","parameters":{}}"#, #"{"driver":"ssh"}"#,
            #"{"driver":"ssh","parameters":[]}"#, #"{"driver":"ssh","parameters":{"host":"h"}}"#,
        ]
        for body in wrong {
            #expect(try device.call("POST", "connection/", body).status == 400, "\(body)")
        }
        let made = try device.call(
            "POST", "connection/",
            #"{"driver":"ssh","parameters":{"host":"h","username":"root","password":"hunter22"}}"#)
        #expect(made.status == 201)
        #expect(
            made.object.members.map(\.key)
                == ["id", "device", "driver", "parameters", "created", "modified"])
        let shown = try #require(made.object["parameters"]?.objectValue)
        #expect(shown["password"] == .string("********"))
        let path = "connection/\(made.object["id"]?.stringValue ?? "")/"
        var parameters = shown
        parameters["port"] = .integer(2222)
        let body: JSONObject = ["driver": .string("ssh"), "parameters": .object(parameters)]
        let put = try device.call("PUT", path, JSONValue.object(body).text)
        #expect(put.status == 200, "\(put.text)")
        #expect(put.object["parameters"]?.objectValue?["port"] == .integer(2222))
        #expect(try device.call("PATCH", path, "{}").object["parameters"] == .object(parameters))
        let bare = #"{"driver":"ssh","parameters":{"host":"h","username":"root"}}"#
        #expect(try device.call("PUT", path, bare).status == 400, "no secret was given")
        #expect(try device.call("GET", path).object["parameters"] == .object(parameters))
        let list = try device.call("GET", "connection/").object
        #expect(list["count"] == .integer(1))
        let patched = try device.call("PATCH", path, #"{"driver":"simulated"}"#)
        #expect(patched.object["parameters"]?.objectValue?["password"] == nil)
        #expect(try device.call("DELETE", path).status == 204)
        #expect(try device.call("GET", path).status == 404)
        #expect(try device.call("DELETE", path).status == 404)
    }

    @Test func `the same key is the same command, while it runs and afterwards`() async throws {
        try device.connect("simulated", Self.slow)
        func post(_ text: String, _ key: String) throws -> HTTPResponse {
            try device.call(
                "POST", "command/", #"{"type":"custom","input":{"command":"\#(text)"}}"#,
                headers: [("Idempotency-Key", key)])
        }
        let first = try post("a", "key-1")
        let id = try #require(first.object["id"]?.stringValue)
        let during = try post("a", "key-1")
        #expect(during.status == 201)
        #expect(during.text == first.text)
        #expect(try post("b", "key-1").status == 422)
        _ = try await device.end(of: id)
        #expect(try post("a", "key-1").text == first.text)
        try await daemon.restart()
        #expect(try post("a", "key-1").text == first.text)
        #expect(try post("b", "key-1").status == 422)
        #expect(try post("a", String(repeating: "k", count: 256)).status == 400)
        #expect(try device.call("GET", "command/").object["count"] == .integer(1))
    }

    @Test func `a device that was away gets what waited for it`() async throws {
        let port = try Loopback.freePort()
        try device.connect("rotctld", #"{"port":\#(port)}"#)
        let socket = try device.socket()
        let waiting = try device.command("stop", "null", #","expires_in":600"#)
        let expired = try device.command("park", "null", #","expires_in":1"#)
        let end = try await device.end(of: expired)
        #expect(end["status"] == .string("failed"))
        #expect(end["output"]?.stringValue?.hasSuffix("expired\n") == true)
        #expect(try device.state(of: waiting)["status"] == .string("in-progress"))
        let rotctld = try ChildProcess(
            "rotctld", ["-m", "1", "-T", "127.0.0.1", "-t", String(port)])
        try await rotctld.waitForPort(port)
        let updates = try socket.updates(of: waiting)
        #expect(updates.last?["status"] == .string("success"))
        #expect(updates.last?["output"] == .string("RPRT 0\n"))
    }

    @Test func `a kill ends what was under way, and says so`() async throws {
        try device.connect(
            "simulated", #"{"script":{"custom":[{"output":"begun"},{"after":60,"exit_code":0}]}}"#)
        let socket = try device.socket()
        let running = try device.custom("x")
        let waiting = try device.custom("y")
        #expect(try socket.nextObject()?["data"]?.objectValue?["output"] == .string("begun"))
        try await daemon.restart()
        #expect(
            try device.state(of: running)["output"]
                == .string("begun\ninterrupted by restart\n"))
        let state = try device.state(of: waiting)
        #expect(state["output"] == .string("interrupted by restart\n"))
        #expect(state["status"] == .string("failed"))
        #expect(state["modified"] != state["created"])
    }

    @Test func `a device that is deleted ends its commands and closes its sockets`() throws {
        try device.connect("simulated", #"{"script":{"custom":[{"after":60,"exit_code":0}]}}"#)
        let socket = try device.socket()
        let id = try device.custom("x")
        #expect(try daemon.call("DELETE", device.path, token: daemon.token).status == 204)
        let updates = try socket.updates(of: id)
        #expect(updates.last?["output"] == .string("the device was deleted\n"))
        #expect(
            try socket.receive(timeout: .seconds(10))
                == .closed(code: 1008, reason: "no right any more"))
        #expect(try device.call("GET", "command/").status == 404)
        #expect(try refusal { _ = try device.socket() } == 403)
    }

    @Test func `a lease makes commands its holder's`() async throws {
        let organization = try daemon.organization
        let staff = ["config.view_device", "config.change_device"]
        let holder = try daemon.makeUser(
            "holder@x", roles: [organization: "manager"], isStaff: true, permissions: staff)
        try device.connect("simulated", Self.slow)
        let running = try device.custom("x")
        let waiting = try device.custom("y")
        let lease = try daemon.call(
            "POST", "/api/v1/sessions", json: #"{"device":"\#(device.id)"}"#, token: holder)
        #expect(lease.status == 201)
        let refused = try device.call("POST", "command/", #"{"type":"reboot","input":null}"#)
        #expect(refused.status == 409)
        let since = lease.object["createdAt"]?.stringValue ?? "?"
        #expect(
            refused.object["detail"]
                == .string("the device is leased by holder@x since \(since)"))
        #expect(
            try await device.end(of: waiting)["output"] == .string("lease held by holder@x\n"))
        #expect(try await device.end(of: running)["status"] == .string("success"))
        let mine = try device.call(
            "POST", "command/", #"{"type":"reboot","input":null}"#, token: holder)
        #expect(mine.status == 201)
        #expect(try await device.end(of: device.command("stop"))["status"] == .string("success"))
    }
}
