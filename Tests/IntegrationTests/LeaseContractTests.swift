import JSON
import TestSupport
import Testing
import Transport

/// Contract «001», leases, and the devices that they are of, over the wire.
@Suite struct LeaseContractTests {
    private static let keys = [
        "id", "organization", "user", "device", "createdAt", "releasedAt",
    ]

    private let daemon: DaemonProcess
    private let organization: String

    init() async throws {
        daemon = try await DaemonProcess()
        organization = try daemon.organization
    }

    private func device(_ name: String, platform: String = "ios") throws -> String {
        let answer = try daemon.call(
            "POST", "/api/v1/controller/device/",
            json: #"{"name":"\#(name)","organization":"\#(organization)","#
                + #""platform":"\#(platform)","type":"real","os_version":"17.1"}"#,
            token: daemon.token)
        #expect(answer.status == 201, "\(answer.text)")
        return try #require(answer.object["id"]?.stringValue)
    }

    private func member(_ email: String, _ role: String) throws -> String {
        try daemon.makeUser(email, roles: [organization: role])
    }

    private func lease(_ device: String, _ more: String = "", token: String? = nil) throws
        -> HTTPResponse
    {
        try daemon.call(
            "POST", "/api/v1/sessions", json: #"{"device":"\#(device)"\#(more)}"#,
            token: token ?? daemon.token)
    }

    private func error(_ answer: HTTPResponse) -> String? {
        answer.object["error"]?.objectValue?["code"]?.stringValue
    }

    @Test func `a lease is taken, read, released, and read again after a kill`() async throws {
        let id = try device("phone")
        let created = try lease(id)
        #expect(created.status == 201)
        #expect(created.object.members.map(\.key) == Self.keys)
        #expect(created.object["releasedAt"] == .null)
        let device = try #require(created.object["device"]?.objectValue)
        #expect(device.members.map(\.key) == ["id", "platform", "type", "name", "osVersion"])
        #expect(device["osVersion"] == .string("17.1"))
        let session = try #require(created.object["id"]?.stringValue)
        let devices = try daemon.call("GET", "/api/v1/devices", token: daemon.token)
        #expect(
            devices.object["data"]?.arrayValue?.first?.objectValue?["leased"] == .bool(true))
        try await daemon.restart()
        let path = "/api/v1/sessions/\(session)"
        #expect(try daemon.call("GET", path, token: daemon.token).text == created.text)
        #expect(try lease(id).status == 409, "it is still held")
        let released = try daemon.call("POST", path + "/release", token: daemon.token)
        #expect(released.status == 200)
        #expect(released.object.members.map(\.key) == Self.keys + ["endReason"])
        #expect(released.object["endReason"] == .string("released"))
        let again = try daemon.call("POST", path + "/release", token: daemon.token)
        #expect(again.status == 200)
        #expect(again.text == released.text)
        try await daemon.restart()
        #expect(try daemon.call("GET", path, token: daemon.token).text == released.text)
        #expect(try lease(id).status == 201)
    }

    @Test func `who may do what with a lease follows the role`() async throws {
        let id = try device("phone")
        let readonly = try member("r@b", "readonly")
        let one = try member("one@b", "member")
        let two = try member("two@b", "member")
        let manager = try member("m@b", "manager")
        #expect(try lease(id, token: readonly).status == 403)
        let held = try lease(id, token: one)
        #expect(held.status == 201)
        let refused = try lease(id, token: two)
        #expect(refused.status == 409)
        #expect(error(refused) == "device_unavailable")
        #expect(refused.object["owner"] == held.object["user"])
        #expect(refused.object["since"] == held.object["createdAt"])
        let path = "/api/v1/sessions/\(held.object["id"]?.stringValue ?? "")"
        for token in [readonly, one, two, manager] {
            #expect(try daemon.call("GET", path, token: token).status == 200)
        }
        for token in [readonly, two] {
            let answer = try daemon.call("POST", path + "/release", token: token)
            #expect(answer.status == 403)
            #expect(error(answer) == "forbidden")
        }
        let revoked = try daemon.call("POST", path + "/release", token: manager)
        #expect(revoked.object["endReason"] == .string("revoked"))
        #expect(try daemon.call("POST", path + "/heartbeat", token: one).status == 409)
    }

    @Test func `filters choose a free device that meets all of them`() async throws {
        let phone = try device("iPhone 15", platform: "ios")
        _ = try device("Pixel 8", platform: "android")
        func wish(_ filters: String) throws -> HTTPResponse {
            try daemon.call(
                "POST", "/api/v1/sessions", json: #"{"filters":[\#(filters)]}"#,
                token: daemon.token)
        }
        let ios = #"{"attribute":"platform","operator":"EQUALS","value":"ios"}"#
        let name = #"{"attribute":"name","operator":"STARTS_WITH","value":"iPh"}"#
        let first = try wish(ios + "," + name)
        #expect(first.status == 201)
        #expect(first.object["device"]?.objectValue?["id"] == .string(phone))
        let none = try wish(ios)
        #expect(none.status == 409)
        #expect(error(none) == "device_unavailable")
        let version = #"{"attribute":"osVersion","operator":"CONTAINS","value":"99"}"#
        #expect(try wish(version).status == 404)
        for bad in [
            "", #"{"attribute":"colour","operator":"EQUALS","value":"x"}"#,
            #"{"attribute":"name","operator":"LIKE","value":"x"}"#,
            #"{"attribute":"name","operator":"EQUALS","value":7}"#, "7",
        ] {
            let answer = try wish(bad)
            #expect(answer.status == 400, "\(bad)")
            #expect(error(answer) == "invalid_request")
        }
    }

    @Test func `pages show every lease once, newest first, with filters`() async throws {
        let ids = try (1...3).map { try device("device \($0)") }
        var made: [String] = []
        for round in 0..<4 {
            for id in ids {
                let session = try #require(try lease(id).object["id"]?.stringValue)
                made.append(session)
                guard round < 3 else { continue }
                _ = try daemon.call(
                    "POST", "/api/v1/sessions/\(session)/release", token: daemon.token)
            }
        }
        func page(_ query: String) throws -> (ids: [String], next: String?) {
            let answer = try daemon.call("GET", "/api/v1/sessions?" + query, token: daemon.token)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.object["object"] == .string("list"))
            let data = answer.object["data"]?.arrayValue ?? []
            return (
                data.compactMap { $0.objectValue?["id"]?.stringValue },
                answer.object["nextCursor"]?.stringValue
            )
        }
        var seen: [String] = []
        var cursor: String?
        repeat {
            let (ids, next) = try page("limit=5" + (cursor.map { "&before=\($0)" } ?? ""))
            seen += ids
            cursor = next
        } while cursor != nil
        #expect(seen == made.reversed())
        #expect(try page("active=true").ids.count == 3)
        #expect(try page("active=false").ids.count == 9)
        #expect(try page("device=\(ids[0])").ids.count == 4)
        for query in [
            "limit=0", "limit=-1", "limit=501", "limit=x", "before=yesterday", "active=1",
        ] {
            let answer = try daemon.call("GET", "/api/v1/sessions?" + query, token: daemon.token)
            #expect(answer.status == 400, "\(query)")
            #expect(error(answer) == "invalid_request")
        }
    }

    @Test func `a duration and a heartbeat out of their bounds are refused`() async throws {
        let id = try device("phone")
        for more in [
            #","duration":0"#, #","duration":1e12"#, #","duration":"long""#, #","heartbeat":1"#,
            #","heartbeat":-5"#, #","heartbeat":true"#,
        ] {
            let answer = try lease(id, more)
            #expect(answer.status == 400, "\(more): \(answer.text)")
        }
        #expect(try lease(id, #","duration":60,"heartbeat":30"#).status == 201)
    }

    @Test func `devices are listed, changed and deleted by who manages them`() async throws {
        let path = "/api/v1/controller/device/"
        let id = try device("phone")
        let list = try daemon.call("GET", path, token: daemon.token).object
        #expect(list.members.map(\.key) == ["count", "next", "previous", "results"])
        #expect(list["count"] == .integer(1))
        let changed = try daemon.call(
            "PATCH", path + "\(id)/", json: #"{"mac_address":"00:11:22:aa:bb:cc"}"#,
            token: daemon.token)
        #expect(changed.status == 200)
        #expect(changed.object["name"] == .string("phone"))
        #expect(changed.object["mac_address"] == .string("00:11:22:aa:bb:cc"))
        let wrong = try daemon.call(
            "PATCH", path + "\(id)/", json: #"{"mac_address":"x"}"#, token: daemon.token)
        #expect(wrong.status == 400)
        #expect(wrong.object["mac_address"]?.arrayValue?.count == 1)
        #expect(wrong.object["detail"] == nil)
        let member = try member("one@b", "owner")
        #expect(try daemon.call("GET", path, token: member).status == 403, "not staff")
        #expect(try daemon.call("GET", path).status == 401)
        let session = try #require(try lease(id).object["id"]?.stringValue)
        #expect(try daemon.call("DELETE", path + "\(id)/", token: daemon.token).status == 409)
        _ = try daemon.call("POST", "/api/v1/sessions/\(session)/release", token: daemon.token)
        #expect(try daemon.call("DELETE", path + "\(id)/", token: daemon.token).status == 204)
        let gone = try daemon.call("GET", path + "\(id)/", token: daemon.token)
        #expect(gone.status == 404)
        #expect(gone.text == #"{"detail":"Not found."}"#)
        // The lease still tells what was leased.
        let old = try daemon.call("GET", "/api/v1/sessions/\(session)", token: daemon.token)
        #expect(old.object["device"]?.objectValue?["name"] == .string("phone"))
    }
}
