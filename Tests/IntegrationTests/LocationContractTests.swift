import JSON
import TestSupport
import Testing
import Transport

/// Contract «002», locations over REST, and the trails, over the wire.
@Suite struct LocationContractTests {
    private static let path = "/api/v1/controller/location/"
    private static let keys = [
        "id", "organization", "name", "type", "is_mobile", "address", "geometry", "created",
        "modified",
    ]
    private static let here = #"{"type":"Point","coordinates":[13.4,52.5]}"#

    private let daemon: DaemonProcess
    private let organization: String

    init() async throws {
        daemon = try await DaemonProcess()
        organization = try daemon.organization
    }

    private func add(_ more: String, token: String? = nil) throws -> HTTPResponse {
        try daemon.call(
            "POST", Self.path,
            json: #"{"name":"van","organization":"\#(organization)"\#(more)}"#,
            token: token ?? daemon.token)
    }

    private func van() throws -> String {
        let made = try add(#","is_mobile":true"#)
        return try #require(made.object["id"]?.stringValue, "\(made.text)")
    }

    private func call(_ method: String, _ path: String, _ json: String? = nil) throws
        -> HTTPResponse
    {
        try daemon.call(method, path, json: json, token: daemon.token)
    }

    private func see(_ id: String, _ longitude: Double, _ more: String = "") throws -> HTTPResponse
    {
        try call(
            "PATCH", Self.path + "\(id)/",
            #"{"geometry":{"type":"Point","coordinates":[\#(longitude),52.5]}\#(more)}"#)
    }

    private func longitude(_ answer: HTTPResponse) -> Double? {
        answer.object["geometry"]?.objectValue?["coordinates"]?.arrayValue?.first?.doubleValue
    }

    // MARK: REST

    @Test func `a location is made, read, changed and deleted`() throws {
        let made = try add(#","type":"indoor","address":"Mast 1","geometry":\#(Self.here)"#)
        #expect(made.status == 201)
        #expect(made.object.members.map(\.key) == Self.keys)
        #expect(made.object["type"] == .string("indoor"))
        #expect(made.object["is_mobile"] == .bool(false))
        let id = try #require(made.object["id"]?.stringValue)
        #expect(try call("GET", Self.path + "\(id)/").text == made.text)
        let changed = try call("PATCH", Self.path + "\(id)/", #"{"address":"Mast 2"}"#)
        #expect(changed.object["address"] == .string("Mast 2"))
        #expect(changed.object["type"] == .string("indoor"))
        #expect(longitude(changed) == 13.4)
        let replaced = try call("PUT", Self.path + "\(id)/", #"{"name":"car"}"#)
        #expect(replaced.object["name"] == .string("car"))
        #expect(replaced.object["type"] == .string("outdoor"))
        #expect(longitude(replaced) == 13.4, "what is not said of the place stays")
        let lost = try call("PATCH", Self.path + "\(id)/", #"{"geometry":null}"#)
        #expect(lost.object["geometry"] == .null)
        #expect(try call("DELETE", Self.path + "\(id)/").status == 204)
        let gone = try call("GET", Self.path + "\(id)/")
        #expect(gone.status == 404)
        #expect(gone.text == #"{"detail":"Not found."}"#)
    }

    @Test func `lists have pages and a map has everything`() throws {
        for _ in 0..<12 { _ = try van() }
        let page = try call("GET", Self.path + "?page=2").object
        #expect(page.members.map(\.key) == ["count", "next", "previous", "results"])
        #expect(page["count"] == .integer(12))
        #expect(page["results"]?.arrayValue?.count == 2)
        let map = try call("GET", Self.path + "geojson/").object
        #expect(map["type"] == .string("FeatureCollection"))
        #expect(map["features"]?.arrayValue?.count == 12)
        let feature = map["features"]?.arrayValue?.first?.objectValue
        #expect(feature?.members.map(\.key) == ["type", "id", "geometry", "properties"])
    }

    private static let wrongPlaces = [
        #"{"type":"Point","coordinates":[181,0]}"#, #"{"type":"Point","coordinates":[0,-91]}"#,
        #"{"type":"Point","coordinates":[1]}"#, #"{"type":"Point","coordinates":[1,2,3,4]}"#,
        #"{"type":"Point","coordinates":["1","2"]}"#, #"{"type":"Point"}"#, #"[1,2]"#, "7",
        #"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#, #""POINT(1 2)""#,
        #"{"type":"Point","coordinates":[1e999,2]}"#, #"{"type":"Point","coordinates":[]}"#,
    ]

    @Test func `a place that is none is refused and changes nothing`() throws {
        let id = try van()
        _ = try see(id, 13.4)
        let before = try call("GET", Self.path + "\(id)/").text
        for geometry in Self.wrongPlaces {
            for method in ["PUT", "PATCH"] {
                let answer = try call(
                    method, Self.path + "\(id)/", #"{"name":"car","geometry":\#(geometry)}"#)
                #expect(answer.status == 400, "\(answer.text)")
                // A number that no number can hold is refused by the reader of JSON already.
                guard !geometry.contains("e999") else { continue }
                #expect(answer.object.members.map(\.key) == ["geometry"], "\(geometry)")
                #expect(answer.object["geometry"]?.arrayValue?.count == 1)
            }
        }
        #expect(try call("GET", Self.path + "\(id)/").text == before)
    }

    @Test func `an altitude is kept and a missing one is not invented`() throws {
        let id = try van()
        for coordinates in ["[13.4,52.5,34.5]", "[13.4,52.5]"] {
            let answer = try call(
                "PATCH", Self.path + "\(id)/",
                #"{"geometry":{"type":"Point","coordinates":\#(coordinates)}}"#)
            #expect(answer.text.contains(#""coordinates":\#(coordinates)"#), "\(answer.text)")
        }
    }

    @Test func `each member of a wrong body is named`() throws {
        for (more, field) in [
            (#","type":"space""#, "type"), (#","is_mobile":"yes""#, "is_mobile"),
            (#","address":7"#, "address"),
            (#","geometry":\#(Self.here),"time":"today""#, "time"),
            (#","geometry":\#(Self.here),"accuracy":-1"#, "accuracy"),
            (#","address":"\#(String(repeating: "x", count: 257))""#, "address"),
        ] {
            let answer = try add(more)
            #expect(answer.status == 400, "\(more)")
            #expect(answer.object.members.map(\.key) == [field], "\(answer.text)")
        }
        let nameless = try call("POST", Self.path, #"{"organization":"\#(organization)"}"#)
        #expect(nameless.text == #"{"name":["This field is required."]}"#)
        let homeless = try call("POST", Self.path, #"{"name":"van"}"#)
        #expect(homeless.text == #"{"organization":["This field is required."]}"#)
        let id = try van()
        let other = try daemon.makeOrganization("Other")
        let moved = try call("PATCH", Self.path + "\(id)/", #"{"organization":"\#(other)"}"#)
        #expect(moved.object.members.map(\.key) == ["organization"])
    }

    // MARK: A device's own

    @Test func `a device reports where it is with nothing but its key`() async throws {
        let device = try daemon.call(
            "POST", "/api/v1/controller/device/",
            json: #"{"name":"tracker","organization":"\#(organization)"}"#, token: daemon.token)
        let id = try #require(device.object["id"]?.stringValue)
        let key = try #require(device.object["key"]?.stringValue)
        let path = "/api/v1/controller/device/\(id)/coordinates/"
        let feature = #"{"type":"Feature","geometry":\#(Self.here)}"#
        func report(_ method: String, _ query: String, _ json: String? = nil) throws
            -> HTTPResponse
        {
            try daemon.call(method, path + query, json: json)
        }
        #expect(try report("GET", "?key=\(key)").status == 404, "nothing is known yet")
        #expect(try report("PATCH", "?key=\(key)", feature).status == 404)
        let made = try report("PUT", "?key=\(key)", feature)
        #expect(made.status == 200)
        #expect(
            made.text == #"{"type":"Feature","geometry":\#(Self.here),"#
                + #""properties":{"name":"tracker"}}"#)
        #expect(try report("GET", "?key=\(key)").text == made.text)
        #expect(try report("PATCH", "?key=\(key)", feature).status == 200)
        let location = try daemon.call(
            "GET", "/api/v1/controller/device/\(id)/location/", token: daemon.token
        ).object["location"]?.objectValue
        #expect(location?["is_mobile"] == .bool(true))
        #expect(location?["type"] == .string("outdoor"))
        for (query, json, status) in [
            ("", feature, 403), ("?key=", feature, 403), ("?key=\(key)x", feature, 403),
            ("?key=\(try daemon.token)", feature, 403), ("?key=\(key)", "{}", 400),
            ("?key=\(key)", #"{"type":"Point","geometry":\#(Self.here)}"#, 400),
            ("?key=\(key)", #"{"geometry":null}"#, 400), ("?key=\(key)", "[]", 400),
        ] {
            #expect(try report("PUT", query, json).status == status, "\(query) \(json)")
        }
        let post = try report("POST", "?key=\(key)", feature)
        #expect(post.status == 405)
        #expect(post.headers["Allow"] == "GET, HEAD, PATCH, PUT")
        try await daemon.restart()
        #expect(try report("GET", "?key=\(key)").text == made.text)
        let list = try call("GET", "/api/v1/controller/device/\(id)/")
        #expect(!list.text.contains(key), "the key is told once")
        let own = String(repeating: "abc-_Z9", count: 6) + "x"
        #expect(
            try call("PATCH", "/api/v1/controller/device/\(id)/", #"{"key":"\#(own)"}"#).status
                == 200)
        #expect(try report("GET", "?key=\(key)").status == 403)
        #expect(try report("GET", "?key=\(own)").status == 200)
        let short = try call(
            "PATCH", "/api/v1/controller/device/\(id)/", #"{"key":"short"}"#)
        #expect(short.object.members.map(\.key) == ["key"])
    }

    @Test func `a device is put at a location that there is, or at a new one`() throws {
        let device = try call(
            "POST", "/api/v1/controller/device/",
            #"{"name":"tracker","organization":"\#(organization)"}"#)
        let path = "/api/v1/controller/device/\(device.object["id"]?.stringValue ?? "")/location/"
        #expect(try call("GET", path).status == 404)
        let made = try call(
            "PUT", path, #"{"location":{"name":"hut","geometry":\#(Self.here)}}"#)
        #expect(made.status == 201, "\(made.text)")
        let van = try van()
        let moved = try call("PUT", path, #"{"location":"\#(van)"}"#)
        #expect(moved.status == 200)
        #expect(moved.object["location"]?.objectValue?["id"] == .string(van))
        #expect(try call("GET", path).text == moved.text)
        for wrong in [#"{"location":"nowhere"}"#, #"{"location":7}"#, "{}"] {
            let answer = try call("PUT", path, wrong)
            #expect(answer.object.members.map(\.key) == ["location"], "\(wrong)")
        }
        #expect(try call("DELETE", Self.path + "\(van)/").status == 204)
        #expect(try call("GET", path).status == 404, "the location is gone")
    }

    @Test func `where a device is takes the rights of both`() throws {
        let device = try DeviceOfDaemon(daemon)
        let van = try van()
        #expect(try device.call("PUT", "location/", #"{"location":"\#(van)"}"#).status == 201)
        let ofDevices = ["config.view_device", "config.change_device"]
        for (name, more, see, choose, make) in [
            ("none", [], 403, 403, 403), ("view", ["geo.view_location"], 200, 200, 403),
            ("add", ["geo.add_location"], 403, 403, 200),
        ] {
            let token = try daemon.makeUser(
                "\(name)@x", roles: [organization: "manager"], isStaff: true,
                permissions: ofDevices + more)
            func put(_ location: String) throws -> Int {
                try device.call("PUT", "location/", #"{"location":\#(location)}"#, token: token)
                    .status
            }
            #expect(try device.call("GET", "location/", token: token).status == see, "\(name)")
            #expect(try put(#""\#(van)""#) == choose, "\(name)")
            #expect(try put(#"{"name":"hut"}"#) == make, "\(name)")
        }
    }

    // MARK: Trail

    @Test func `a trail outlives a kill and is told in three formats`() async throws {
        let id = try van()
        for longitude in [1.5, 2.5] { _ = try see(id, longitude) }
        _ = try see(id, 0.5, #","time":"2020-01-01T00:00:00.5Z","accuracy":3"#)
        let before = try call("GET", Self.path + "\(id)/")
        #expect(longitude(before) == 2.5, "what comes late changes nothing")
        let path = "/v1/locations/\(id)/trail"
        let trail = try call("GET", path)
        #expect(trail.headers["Content-Type"] == "application/geo+json")
        try await daemon.restart()
        #expect(try call("GET", path).text == trail.text)
        #expect(try call("GET", Self.path + "\(id)/").text == before.text)
        let features = trail.object["features"]?.arrayValue ?? []
        #expect(features.count == 3)
        #expect(
            features.first?.objectValue?["properties"] == [
                "time": .string("2020-01-01T00:00:00.500000Z"), "accuracy": .integer(3),
            ])
        let csv = try call("GET", path + "?format=csv&until=2021-01-01T00:00:00Z")
        #expect(csv.headers["Content-Type"] == "text/csv; charset=utf-8; header=present")
        #expect(
            csv.text == "time,latitude,longitude,altitude,accuracy\r\n"
                + "2020-01-01T00:00:00.500000Z,52.5,0.5,,3.0\r\n")
        let gpx = try call("GET", path + "?format=gpx&since=2021-01-01T00:00:00Z")
        #expect(gpx.headers["Content-Type"] == "application/gpx+xml")
        #expect(gpx.text.contains(#"<trkpt lat="52.5" lon="1.5"><time>"#))
        #expect(!gpx.text.contains(#"lon="0.5""#))
        for query in ["?format=kml", "?since=yesterday", "?until=1"] {
            let answer = try call("GET", path + query)
            #expect(answer.status == 400, "\(query)")
            #expect(answer.object["code"] == .string("invalid_request"))
        }
    }

    // MARK: Rights

    @Test func `staff who own the organisation may do nothing without a permission`() throws {
        let id = try van()
        let powerless = try daemon.makeUser(
            "powerless@x", roles: [organization: "owner"], isStaff: true)
        let calls: [(String, String, String?)] = [
            ("GET", Self.path, nil), ("GET", Self.path + "geojson/", nil),
            ("GET", Self.path + "\(id)/", nil), ("GET", "/v1/locations/\(id)/trail", nil),
            ("GET", "/v1/locations/\(id)/source", nil),
            ("PATCH", Self.path + "\(id)/", #"{"address":"x"}"#),
            ("PUT", "/v1/locations/\(id)/source", #"{"type":"station"}"#),
            ("POST", Self.path, #"{"name":"new","organization":"\#(organization)"}"#),
            ("DELETE", Self.path + "\(id)/", nil),
        ]
        for (method, path, json) in calls {
            let answer = try daemon.call(method, path, json: json, token: powerless)
            #expect(answer.status == 403, "\(method) \(path): \(answer.text)")
        }
    }
}
