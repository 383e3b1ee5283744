import JSON
import TestSupport
import Testing
import Transport

/// Requests that the documents forbid and that were taken once, or the other way round.
@Suite(.quiet) struct FoundByFuzzingTests {
    private let world: VirtualStation
    private let organization: String
    private let device: String

    init() throws {
        world = try VirtualStation(receiver: { _ in nil })
        organization = try world.organization()
        device = try #require(
            world.make("device", #""name":"phone","organization":"\#(organization)""#))
    }

    @Test(arguments: [
        "2026-05-01T14:00:00%2B02:00", "2026-05-01t12:00:00z", "5815-12-06T09:46:53-06:25",
        "0001-01-01T00:00:00Z",
    ])
    func `a cursor is any time of RFC 3339`(before: String) {
        let answer = world.call(
            "GET", "/api/v1/sessions", admin: true, query: "before=\(before)")
        #expect(answer?.status == 200)
    }

    @Test func `a lease is of a device or by filters, not both`() {
        let filter = #"{"attribute":"name","operator":"EQUALS","value":"tablet"}"#
        for (filters, status) in [("[\(filter)]", 400), ("7", 400), ("null", 201)] {
            let answer = world.call(
                "POST", "/api/v1/sessions",
                json: #"{"device":"\#(device)","filters":\#(filters)}"#, admin: true)
            #expect(answer?.status == status, "\(filters)")
        }
    }

    @Test(arguments: [#""accuracy":-1"#, #""accuracy":"near""#, #""time":"now""#])
    func `what is said of a position is checked without one too`(member: String) {
        for geometry in ["", #","geometry":null"#] {
            let body = #""name":"van","organization":"\#(organization)",\#(member)\#(geometry)"#
            #expect(world.make("location", body) == nil)
        }
    }

    @Test(arguments: [("[]", 400), ("7", 400), ("null", 200), ("{}", 200)])
    func `the properties of a report are an object`(properties: String, status: Int) {
        let key = String(repeating: "k", count: 43)
        let path = "/api/v1/controller/device/\(device)/"
        #expect(world.call("PATCH", path, json: #"{"key":"\#(key)"}"#, admin: true)?.status == 200)
        let point = #"{"type":"Point","coordinates":[13.4,52.5]}"#
        let answer = world.call(
            "PUT", path + "coordinates/",
            json: #"{"type":"Feature","geometry":\#(point),"properties":\#(properties)}"#,
            query: "key=\(key)")
        #expect(answer?.status == status)
    }

    @Test func `what follows the sign of an address may make one character with it`() {
        let answer = world.call(
            "POST", "/v1/users", json: #"{"email":"a@\#u{1F3FB}b"}"#, admin: true)
        #expect(answer?.status == 201)
    }

    @Test func `a host's name too long for a QR code is the client's fault`() {
        let headers = HTTPHeaders([("Host", String(repeating: "a", count: 3000))])
        #expect(world.call("GET", "/pair/abc/qr.svg", headers: headers)?.status == 400)
    }

    @Test(arguments: [("gzip", 415), ("br", 415), ("Identity", 201)])
    func `an encoded body is a media type that is not supported`(coding: String, status: Int) {
        let answer = world.call(
            "POST", "/api/v1/sessions", json: #"{"device":"\#(device)"}"#, admin: true,
            headers: HTTPHeaders([("Content-Encoding", coding)]))
        #expect(answer?.status == status)
    }
}
