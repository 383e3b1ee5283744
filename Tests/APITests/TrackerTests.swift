import Engine
import JSON
import Station
import TestSupport
import Testing
import Transport

@testable import API

/// Tracker apps report to a pairing session over HTTP.
@Suite(.runsTwice, .quiet) struct TrackerTests {
    private let world: VirtualStation
    private let session: String
    private let laptop: UInt64

    init() throws {
        world = try VirtualStation()
        session = try #require(world.makeSession())
        laptop = try #require(world.open(session, events: true))
        world.core.run(for: .seconds(1))
        _ = world.takeMessages(laptop)
    }

    private func post(_ json: String) throws -> HTTPResponse {
        try #require(world.call("POST", "/pair/\(session)/track", json: json))
    }

    private func heard() -> JSONObject? {
        world.takeMessages(laptop).last { $0["type"]?.stringValue == "location" }
    }

    private func coordinates(_ message: JSONObject?) -> [Double]? {
        message?["geometry"]?.objectValue?["coordinates"]?.arrayValue?.compactMap(\.doubleValue)
    }

    private var entries: Int {
        world.core.perform { [station = world.station] in
            station.audit.enter { $0.newest(of: nil, limit: 100).count }
        }
    }

    @Test func `OwnTracks is relayed, with altitude, accuracy and time`() throws {
        let answer = try post(
            #"{"_type":"location","lat":52.5,"lon":13.25,"alt":40,"acc":7,"tst":1795257721,"tid":"x"}"#
        )
        #expect(answer.status == 200 && String(decoding: answer.body, as: UTF8.self) == "[]")
        let message = heard()
        #expect(coordinates(message) == [13.25, 52.5, 40])
        #expect(message?["accuracy"]?.doubleValue == 7)
        #expect(message?["time"]?.stringValue == "2026-11-21T10:42:01.000Z")
    }

    @Test func `other messages of OwnTracks are taken and tell nothing`() throws {
        #expect(try post(#"{"_type":"waypoint","lat":1,"lon":2}"#).status == 200)
        #expect(heard() == nil)
    }

    @Test func `Traccar Client is relayed, of several places the last`() throws {
        let place =
            #"{"timestamp":"2026-11-21T10:42:01.500Z","coords":{"latitude":1.5,"longitude":-2,"#
            + #""accuracy":4.5,"altitude":100}}"#
        #expect(try post(#"{"location":\#(place),"device_id":"1"}"#).status == 200)
        #expect(coordinates(heard()) == [-2, 1.5, 100])
        let old = place.replacing("1.5,", with: "9.5,")
        #expect(try post(#"{"location":[\#(old),\#(place)]}"#).status == 200)
        #expect(coordinates(heard()) == [-2, 1.5, 100])
    }

    @Test(arguments: [
        "lat=1.5&lon=-2&timestamp=1795257721&accuracy=3", "location=1.5,-2&timestamp=1795257721000",
        "id=7&lat=1.5&lon=%2D2&timestamp=2026-11-21T10:42:01.000Z&batt=50",
    ])
    func `what OsmAnd sends in an address is relayed`(query: String) throws {
        for method in ["GET", "POST"] {
            let answer = world.call(method, "/pair/\(session)/track", query: query)
            #expect(answer?.status == 200, "\(method)")
            let message = heard()
            #expect(coordinates(message) == [-2, 1.5])
            #expect(message?["time"]?.stringValue == "2026-11-21T10:42:01.000Z")
        }
    }

    @Test func `a form is read like an address`() throws {
        let request = FormText("lat=1.5&lon=-2&altitude=7")
        let report = try TrackerReport.read(request)
        #expect(report.latitude == 1.5 && report.longitude == -2 && report.altitude == 7)
    }

    private static let nonsense: KeyValuePairs<String, String> = [
        #"{"_type":"location","lat":91,"lon":0}"#: "latitude",
        #"{"_type":"location","lat":9}"#: "longitude",
        #"{"_type":"location","lat":"9","lon":1}"#: "latitude",
        #"{"location":{"coords":{"latitude":1,"longitude":181}}}"#: "longitude",
        #"{"location":[]}"#: "_type", "{}": "_type", "[1]": "object", "{": "JSON",
    ]

    @Test(arguments: nonsense.map(\.key))
    func `nonsense is refused and says what is wrong`(json: String) throws {
        let word = try #require(Self.nonsense.first { $0.key == json }?.value)
        let answer = try post(json)
        #expect(answer.status == 400)
        #expect(String(decoding: answer.body, as: UTF8.self).contains(word))
        #expect(heard() == nil)
    }

    @Test func `an address without numbers is refused`() {
        for query in ["", "lat=1", "lat=NaN&lon=1", "location=1", "lat=1e999&lon=0"] {
            #expect(
                world.call("GET", "/pair/\(session)/track", query: query)?.status == 400, "\(query)"
            )
        }
    }

    @Test func `unknown sessions are refused`() {
        let query = "lat=1&lon=2"
        #expect(world.call("GET", "/pair/unknown/track", query: query)?.status == 404)
        #expect(world.call("GET", "/pair/a%20b/track", query: query)?.status == 404)
    }

    @Test func `reports fill no audit`() throws {
        let before = entries
        for _ in 0..<5 { _ = try post(#"{"_type":"location","lat":1,"lon":2}"#) }
        #expect(entries == before)
    }

    @Test func `an app is told where to report`() throws {
        let answer = try #require(world.call("GET", "/v1/trackers", query: "token=\(session)"))
        let apps = try #require(answer.object["apps"]?.arrayValue)
        #expect(apps.compactMap { $0.objectValue?["name"]?.stringValue }.count == 2)
        for app in apps {
            let url = try #require(app.objectValue?["address"]?.stringValue)
            #expect(url.hasSuffix("/pair/\(session)/track"))
        }
        #expect(world.call("GET", "/v1/trackers")?.status == 400)
    }
}
