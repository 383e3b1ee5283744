import JSON
import TestSupport
import Testing
import Transport

/// Contract: names and order of the keys, and the forms of times, to the last byte.
@Suite struct ShapeContractTests {
    private let daemon: DaemonProcess
    private let organization: String

    init() async throws {
        daemon = try await DaemonProcess()
        organization = try daemon.organization
    }

    /// Calls as the administrator, and compares the whole answer.
    ///
    /// - Parameter form: the answer, as `AnswerForm` has it.
    @discardableResult
    private func call(
        _ method: String, _ path: String, _ json: String?, _ status: Int, _ form: String
    ) throws -> JSONObject {
        let answer = try daemon.call(method, path, json: json, token: daemon.token)
        #expect(answer.status == status, "\(method) \(path)")
        #expect(AnswerForm.of(answer.text) == form)
        return answer.object
    }

    @discardableResult
    private func call(
        _ method: String, _ path: String, _ status: Int, _ form: String
    ) throws -> JSONObject {
        try call(method, path, nil, status, form)
    }

    @Test func `users, organisations, members and tokens have their forms`() throws {
        let admin =
            #"{"id":"{uuid}","email":"admin@localhost","name":"Administrator","superuser":true,"#
            + #""staff":true,"permissions":[],"created_at":"{ms}"}"#
        let eva =
            #"{"id":"{uuid}","email":"eva@x","name":"Eva","superuser":false,"staff":true,"#
            + #""permissions":["rotor.operate"],"created_at":"{ms}"}"#
        try call(
            "POST", "/v1/users",
            #"{"email":"eva@x","name":"Eva","staff":true,"permissions":["rotor.operate"]}"#, 201,
            eva)
        try call("GET", "/v1/users/eva@x", 200, eva)
        try call("GET", "/v1/users", 200, "[\(admin),\(eva)]")
        let taken =
            #"{"type":"about:blank","title":"Conflict","status":409,"#
            + #""detail":"there is a user with this e-mail address already","code":"conflict"}"#
        try call("POST", "/v1/users", #"{"email":"eva@x"}"#, 409, taken)
        try call(
            "POST", "/v1/organizations", #"{"name":"Club"}"#, 201,
            #"{"id":"{uuid}","name":"Club","created_at":"{ms}"}"#)
        try call(
            "GET", "/v1/organizations", 200,
            #"[{"id":"{uuid}","name":"Default","created_at":"{ms}"},"#
                + #"{"id":"{uuid}","name":"Club","created_at":"{ms}"}]"#)
        try call(
            "PUT", "/v1/organizations/\(organization)/members/eva@x", #"{"role":"manager"}"#, 200,
            #"{"organization":"{uuid}","user":"{uuid}","role":"manager","created_at":"{ms}"}"#)
        try call(
            "POST", "/v1/tokens", #"{"user":"eva@x","name":"phone"}"#, 201,
            #"{"id":"{uuid}","token":"{token}","user":"{uuid}","organization":null,"#
                + #""name":"phone","created_at":"{ms}"}"#)
    }

    @Test func `leases and their devices have their forms`() throws {
        let device = try add("mast")
        let leased =
            #"{"id":"{uuid}","organization":"{uuid}","user":"{uuid}","device":{"id":"{uuid}","#
            + #""platform":"","type":"","name":"mast","osVersion":""},"createdAt":"{ms}","#
            + #""releasedAt":null}"#
        let released = leased.replacing("null}", with: #""{ms}","endReason":"released"}"#)
        try call(
            "GET", "/api/v1/devices", 200,
            #"{"object":"list","data":[{"id":"{uuid}","platform":"","type":"","name":"mast","#
                + #""osVersion":"","leased":false}]}"#)
        let body = #"{"device":"\#(device)"}"#
        let made = try call("POST", "/api/v1/sessions", body, 201, leased)
        let path = "/api/v1/sessions/\(made["id"]?.stringValue ?? "")"
        try call("GET", path, 200, leased)
        try call("GET", "/api/v1/sessions", 200, #"{"object":"list","data":[\#(leased)]}"#)
        try call(
            "POST", "/api/v1/sessions", body, 409,
            #"{"error":{"code":"device_unavailable","#
                + #""message":"the device is leased by admin@localhost since {ms}"},"#
                + #""owner":"{uuid}","since":"{ms}"}"#)
        try call("POST", path + "/release", 200, released)
        try call("POST", "/api/v1/sessions", body, 201, leased)
        try call(
            "GET", "/api/v1/sessions?limit=1", 200,
            #"{"object":"list","data":[\#(leased)],"nextCursor":"{ms}"}"#)
        let other = try add("boat")
        try call(
            "POST", "/api/v1/sessions", #"{"device":"\#(other)","duration":60}"#, 201,
            leased.replacing("mast", with: "boat")
                .replacing("null}", with: #"null,"expiresAt":"{ms}"}"#))
    }

    private func add(_ name: String) throws -> String {
        let made = try call(
            "POST", "/api/v1/controller/device/",
            #"{"name":"\#(name)","organization":"\#(organization)"}"#, 201,
            #"{"id":"{uuid}","name":"\#(name)","organization":"{uuid}","mac_address":"","#
                + #""platform":"","type":"","os_version":"","created":"{us}","modified":"{us}","#
                + #""key":"{token}"}"#)
        return try #require(made["id"]?.stringValue)
    }

    @Test func `connections and commands have their forms, on the socket too`() throws {
        let path = "/api/v1/controller/device/\(try add("mast"))/"
        try call(
            "POST", path + "connection/", #"{"driver":"simulated","parameters":{}}"#, 201,
            #"{"id":"{uuid}","device":"{uuid}","driver":"simulated","#
                + #""parameters":{"unreachable_seconds":0,"timeout":30},"#
                + #""created":"{us}","modified":"{us}"}"#)
        let socket = try daemon.webSocket(
            path.replacing("/api/v1/", with: "/ws/") + "command", token: daemon.token)
        let command =
            #"{"id":"{uuid}","device":"{uuid}","connection":"{uuid}","type":"Change Password","#
            + #""input":{"password":"********"},"output":"","status":"in-progress","#
            + #""created":"{us}","modified":"{us}"}"#
        try call(
            "POST", path + "command/",
            #"{"type":"change_password","input":{"password":"secret1"}}"#, 201, command)
        var told = ""
        repeat {
            guard case .message(.text(let bytes)) = try socket.receive(timeout: .seconds(10)) else {
                break
            }
            told = AnswerForm.of(String(decoding: bytes, as: UTF8.self))
        } while !told.contains("success")
        #expect(
            told.replacing(/"output":"[^"]*"/) { _ in #""output":"""# }
                == #"{"model":"Command","data":\#(command)}"#
                .replacing("in-progress", with: "success"))
    }

    @Test func `locations have their forms, on the sockets too`() throws {
        let location =
            #"{"id":"{uuid}","organization":"{uuid}","name":"van","type":"outdoor","#
            + #""is_mobile":true,"address":"","geometry":"#
            + #"{"type":"Point","coordinates":[13.4,52.5]},"created":"{us}","modified":"{us}"}"#
        let made = try call(
            "POST", "/api/v1/controller/location/",
            #"{"name":"van","organization":"\#(organization)","is_mobile":true,"#
                + #""geometry":{"type":"Point","coordinates":[13.4,52.5]}}"#, 201, location)
        let id = made["id"]?.stringValue ?? ""
        try call(
            "GET", "/api/v1/controller/location/", 200,
            #"{"count":1,"next":null,"previous":null,"results":[\#(location)]}"#)
        try call(
            "GET", "/api/v1/controller/location/geojson/", 200,
            #"{"type":"FeatureCollection","features":[{"type":"Feature","id":"{uuid}","#
                + #""geometry":{"type":"Point","coordinates":[13.4,52.5]},"properties":"#
                + #"{"id":"{uuid}","name":"van","organization":"{uuid}","address":"","#
                + #""type":"outdoor","is_mobile":true}}]}"#)
        let sockets = try ["/ws/loci/location/\(id)/", "/ws/loci/location/"].map {
            try daemon.webSocket($0, token: daemon.token)
        }
        _ = try daemon.call(
            "PATCH", "/api/v1/controller/location/\(id)/",
            json: #"{"geometry":{"type":"Point","coordinates":[13.5,52.5,-4.25]}}"#,
            token: daemon.token)
        for socket in sockets {
            guard case .message(.text(let bytes)) = try socket.receive(timeout: .seconds(10)) else {
                Issue.record("nothing was told")
                continue
            }
            #expect(
                AnswerForm.of(String(decoding: bytes, as: UTF8.self))
                    == #"{"id":"{uuid}","name":"van","address":"","type":"outdoor","#
                    + #""is_mobile":true,"geometry":"#
                    + #"{"type":"Point","coordinates":[13.5,52.5,-4.25]}}"#)
        }
    }

    @Test func `each API words its refusals its own way`() throws {
        func refused(_ path: String) -> String { "there is nothing at \(path)" }
        for path in ["/api/v1/x", "/api/v1/controller/x", "/api/v1/users/x", "/api/x", "/x"] {
            try call("GET", path, 404, #"{"detail":"\#(refused(path))"}"#)
        }
        try call(
            "GET", "/v1/x", 404,
            #"{"type":"about:blank","title":"Not Found","status":404,"#
                + #""detail":"\#(refused("/v1/x"))","code":"not_found"}"#)
        try call(
            "GET", "/api/v1/sessions/x", 404,
            #"{"error":{"code":"not_found","message":"there is no such session"}}"#)
        try call(
            "DELETE", "/api/v1/sessions", 405,
            #"{"error":{"code":"method_not_allowed","message":"DELETE is not possible here"}}"#)
        try call(
            "GET", "/api/v1/sessions?limit=501", 400,
            #"{"error":{"code":"invalid_request","#
                + #""message":"\"limit\" must be a whole number from 1 to 500"}}"#)
    }
}
