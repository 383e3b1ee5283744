import JSON
import TestSupport
import Testing
import Transport

/// At each bound that a document names the station takes a value, and beyond it refuses one.
@Suite(.quiet) struct DocumentedBoundsTests {
    /// Values at the bounds of a schema, and the nearest ones beyond them.
    private struct Bounds {
        var allowed: [JSONValue] = []
        var refused: [JSONValue] = []

        init(_ schema: JSONObject) {
            if let words = schema["enum"]?.arrayValue {
                allowed += words
                refused.append(.string("none"))
            }
            let least = schema["minLength"]?.integerValue ?? 0
            if let most = schema["maxLength"]?.integerValue {
                allowed += [Self.text(least), Self.text(most)]
                refused.append(Self.text(most + 1))
                if least > 0 { refused.append(Self.text(least - 1)) }
            }
            if let least = schema["minimum"]?.doubleValue {
                allowed.append(.number(least))
                refused.append(.number(least.nextDown))
            }
            if let most = schema["maximum"]?.doubleValue {
                allowed.append(.number(most))
                refused.append(.number(most.nextUp))
            }
            if schema["nullable"] == .bool(true) { allowed.append(.null) }
        }

        private static func text(_ count: Int64) -> JSONValue {
            .string(String(repeating: "a", count: Int(count)))
        }
    }

    private let world: VirtualStation
    private let organization: String

    init() throws {
        world = try VirtualStation(receiver: { _ in nil })
        organization = try world.organization()
    }

    @Test(arguments: [("device", "NewDevice", 5), ("location", "NewLocation", 4)])
    func `of what makes a device or a location`(
        kind: String, schema: String, bounded: Int
    ) throws {
        let members = try ServedDocument("controller", of: world).members(of: schema)
        var count = 0
        for member in members {
            let bounds = Bounds(member.value.objectValue ?? [:])
            if !bounds.refused.isEmpty { count += 1 }
            for (index, value) in (bounds.allowed + bounds.refused).enumerated() {
                var body: JSONObject = [
                    "name": .string("\(member.key) \(index)"),
                    "organization": .string(organization),
                ]
                body[member.key] = value
                // Of the drivers one cannot do without.
                if value == .string("ssh") {
                    body["parameters"] = [
                        "host": .string("mast"), "username": .string("eva"),
                        "password": .string("x"),
                    ]
                }
                let answer = world.call(
                    "POST", "/api/v1/controller/\(kind)/", json: JSONValue.object(body).text,
                    admin: true)
                let isAllowed = index < bounds.allowed.count
                #expect(answer?.status == (isAllowed ? 201 : 400), "\(member.key): \(value)")
            }
        }
        #expect(count == bounded)
    }

    @Test func `of what makes a lease`() throws {
        let members = try ServedDocument("leases", of: world).members(of: "SessionByDevice")
        var count = 0
        for member in members {
            let bounds = Bounds(member.value.objectValue ?? [:])
            for (index, value) in (bounds.allowed + bounds.refused).enumerated() {
                count += 1
                let device = try #require(
                    world.make("device", #""name":"\#(count)","organization":"\#(organization)""#))
                let body: JSONValue = ["device": .string(device), member.key: value]
                let answer = world.call("POST", "/api/v1/sessions", json: body.text, admin: true)
                let isAllowed = index < bounds.allowed.count
                #expect(answer?.status == (isAllowed ? 201 : 400), "\(member.key): \(value)")
            }
        }
        #expect(count == 10, "duration and heartbeat: two bounds, two beyond, and null")
    }

    @Test(arguments: [
        ("leases", "/api/v1/sessions", 400), ("controller", "/api/v1/controller/device/", 404),
        ("controller", "/api/v1/controller/location/", 404),
    ])
    func `of the queries of lists`(name: String, path: String, refusal: Int) throws {
        let document = try ServedDocument(name, of: world)
        let parameters = try document.operation("GET", path)["parameters"]?.arrayValue ?? []
        for parameter in parameters.compactMap(\.objectValue) {
            guard let key = parameter["name"]?.stringValue,
                let schema = parameter["schema"]?.objectValue,
                let least = schema["minimum"]?.integerValue
            else { continue }
            var cases = [(least, 200), (least - 1, refusal)]
            if let most = schema["maximum"]?.integerValue {
                cases += [(most, 200), (most + 1, refusal)]
            }
            for (value, status) in cases {
                let answer = world.call("GET", path, admin: true, query: "\(key)=\(value)")
                #expect(answer?.status == status, "\(key)=\(value)")
            }
        }
    }

    @Test func `a text is measured in scalar values, not in what is read as one character`() {
        let name = "a" + String(repeating: "\u{301}", count: 64)
        #expect(name.count == 1)
        #expect(
            world.make("device", #""name":"\#(name)","organization":"\#(organization)""#) == nil)
    }
}
