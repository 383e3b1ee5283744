import JSON
import TestSupport
import Testing
import Transport

/// The documents name what is served, and nothing else.
@Suite(.quiet) struct OpenAPIDocumentTests {
    static let complete = ["leases", "controller", "game-night", "workspaces", "boresight"]

    private let world: VirtualStation

    init() throws {
        world = try VirtualStation(receiver: { _ in nil })
    }

    @Test(arguments: complete)
    func `every route is described`(name: String) throws {
        let document = try ServedDocument(name, of: world)
        #expect(document.json["x-undescribed"] == nil, "add an Operation to these routes")
        #expect(!document.operations.isEmpty)
    }

    @Test(arguments: ["pairing", "leases", "controller", "game-night", "workspaces", "boresight"])
    func `every API has a document, with an id for each operation`(name: String) throws {
        let document = try ServedDocument(name, of: world)
        #expect(document.json["openapi"] == .string("3.0.3"))
        let ids = document.operations.compactMap { $0.json["operationId"]?.stringValue }
        #expect(ids.count == document.operations.count)
        #expect(Set(ids).count == ids.count, "\(ids)")
    }

    @Test(
        arguments: zip(
            ["leases", "controller", "game-night", "workspaces"], ["001", "002", "003", "004"]))
    func `a document has two addresses, and is the same everywhere`(
        name: String, number: String
    ) throws {
        let text = try ServedDocument(name, of: world).text
        #expect(try ServedDocument(number, of: world).text == text)
        let other = try VirtualStation(seed: 2, receiver: { _ in nil })
        #expect(try ServedDocument(name, of: other).text == text)
    }

    @Test(arguments: complete)
    func `the router allows what the document names, and nothing else`(name: String) throws {
        let document = try ServedDocument(name, of: world)
        for (path, operations) in Dictionary(grouping: document.operations, by: \.path) {
            let methods = operations.map(\.method)
            let answer = try #require(world.call("OPTIONS", path))
            #expect(answer.status == 405)
            let allowed = answer.headers["Allow"]?.split(separator: ",").map { word in
                String(word.drop { $0 == " " })
            }
            #expect(Set(allowed ?? []).subtracting(["HEAD"]) == Set(methods), "\(path)")
        }
    }

    @Test(arguments: complete)
    func `without a token only what says so answers`(name: String) throws {
        let document = try ServedDocument(name, of: world)
        for (path, method, json) in document.operations {
            let status = world.call(method, path, json: method == "GET" ? nil : "{}")?.status
            let needsToken = json["security"] != .array([])
            #expect((status == 401) == needsToken, "\(method) \(path): \(status ?? 0)")
        }
    }

    @Test func `the sockets are in the description`() throws {
        let document = try ServedDocument("controller", of: world)
        let text = document.json["info"]?.objectValue?["description"]?.stringValue ?? ""
        #expect(text.contains("`/ws/loci/location/`"))
        #expect(text.contains("`/ws/loci/location/{id}/`"))
        #expect(!document.operations.contains { $0.path.hasPrefix("/ws/") })
    }

    @Test func `answers have no member that the document does not name`() throws {
        let leases = try ServedDocument("leases", of: world)
        let controller = try ServedDocument("controller", of: world)
        let organization = try world.organization()
        let device = try #require(
            world.make("device", #""name":"phone","organization":"\#(organization)""#))
        let location = try #require(
            world.make(
                "location",
                #""name":"van","organization":"\#(organization)","geometry":"#
                    + #"{"type":"Point","coordinates":[13.4,52.5,46]}"#))
        let base = "/api/v1/controller/"
        try check(controller, "GET", base + "device/")
        try check(controller, "GET", base + "device/{id}/", id: device)
        try check(
            controller, "PUT", base + "device/{id}/location/", id: device,
            #"{"location":"\#(location)"}"#, status: 201)
        try check(controller, "GET", base + "device/{id}/location/", id: device)
        try check(controller, "GET", base + "location/")
        try check(controller, "GET", base + "location/geojson/")
        try check(controller, "GET", base + "location/{id}/", id: location)
        try check(controller, "POST", base + "device/", "{}", status: 400)
        try check(controller, "GET", base + "device/{id}/", id: "none", status: 404)
        let wish = #"{"device":"\#(device)","heartbeat":5}"#
        let lease = try check(leases, "POST", "/api/v1/sessions", wish, status: 201)
        try check(leases, "POST", "/api/v1/sessions", wish, status: 409)
        try check(leases, "GET", "/api/v1/devices")
        let id = try #require(lease["id"]?.stringValue)
        try check(leases, "POST", "/api/v1/sessions/{id}/heartbeat", id: id)
        try check(leases, "POST", "/api/v1/sessions/{id}/release", id: id)
        try check(leases, "POST", "/api/v1/sessions", wish, status: 201)
        try check(leases, "GET", "/api/v1/sessions?limit=1")
    }

    /// Calls the path as a superuser and holds the answer against the document.
    @discardableResult
    private func check(
        _ document: ServedDocument, _ method: String, _ path: String, id: String = "",
        _ json: String? = nil, status: Int = 200
    ) throws -> JSONObject {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        let answer = try #require(
            world.call(
                method, parts[0].replacing("{id}", with: id), json: json, admin: true,
                query: parts.count > 1 ? parts[1] : nil))
        try #require(answer.status == status, "\(method) \(path): \(answer.object)")
        let schema = try document.answer(method, parts[0], status)
        #expect(document.unnamed(in: .object(answer.object), schema) == [], "\(method) \(path)")
        return answer.object
    }
}
