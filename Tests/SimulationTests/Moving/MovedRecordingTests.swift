import Foundation
import JSON
import Pointing
import Recording
import Simulation
import TestSupport
import Testing

@Suite(.quiet) struct MovedRecordingTests {
    private static func fixture() throws -> RecordingReader {
        let file = Fixtures.path("recordings/live-pass.jsonl")
        return try RecordingReader(Array(Data(contentsOf: URL(fileURLWithPath: file))))
    }

    @Test func `a moved recording replays to the last bit and holds no old place`() throws {
        let place = try GeodeticPosition(latitudeDegrees: -33, longitudeDegrees: 151)
        let moved = try MovedRecording(try Self.fixture(), to: place)
        #expect(moved.positions > 20)
        let text = String(decoding: moved.text.bytes, as: UTF8.self)
        // The station of the pass stands at 52.0 N, 4.36 E, and the phone round it.
        #expect(!text.contains("52.0") && !text.contains("4.36"))
        #expect(text.contains("-33.") || text.contains("-32.9"))
        var reader = try RecordingReader(moved.text.bytes)
        let result = try ExactReplay.run(&reader)
        #expect(result.divergence == nil)
        #expect(result.turns > 100)
    }

    @Test func `directions and distances stay`() throws {
        let from = try GeodeticPosition(latitudeDegrees: 52, longitudeDegrees: 4.36)
        let to = try GeodeticPosition(latitudeDegrees: 10, longitudeDegrees: -70)
        let shift = PlaceShift(from: from, to: to)
        for (bearing, distance) in [(10.0, 50.0), (123, 900), (270, 20_000)] {
            let phone = from.moved(bearingDegrees: bearing, distanceMeters: distance)
            let then = try #require(LookAngle(from: from, to: phone))
            let now = try #require(LookAngle(from: to, to: shift.moved(phone)))
            #expect(abs(then.azimuthDegrees - now.azimuthDegrees) < 0.01)
            #expect(abs(then.slantRangeMeters - now.slantRangeMeters) < 0.001 * distance)
        }
    }

    @Test(arguments: [
        (
            #"{"latitude":52,"longitude":4.36,"name":"52"}"#,
            #"{"latitude":0,"longitude":0,"name":"52"}"#
        ),
        (#"{"geometry":{"coordinates":[4.36,52,7]}}"#, #"{"geometry":{"coordinates":[0,0,7]}}"#),
        (#"{"a":["52,4.36,120"]}"#, #"{"a":["0.0,0.0,120"]}"#),
        (#"{"azimuth":52,"range":[4.36,52]}"#, #"{"azimuth":52,"range":[4.36,52]}"#),
        (#"{"latitude":"52"}"#, #"{"latitude":"52"}"#),
        (#"{"latitude":152,"longitude":4}"#, #"{"latitude":152,"longitude":4}"#),
    ])
    func `positions are found by their form`(text: String, moved: String) throws {
        let shift = PlaceShift(
            from: try GeodeticPosition(latitudeDegrees: 52, longitudeDegrees: 4.36),
            to: try GeodeticPosition(latitudeDegrees: 0, longitudeDegrees: 0))
        let value = try JSONReader.read(Array(text.utf8))
        #expect(shift.moved(value).text == moved)
    }

    @Test func `a recording without a place says so`() throws {
        let file = Fixtures.path("recordings/live-pass.jsonl")
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        let header = String(lines[0]) + "\n"
        #expect(throws: MovingProblem.noPlace) {
            try MovedRecording(
                try RecordingReader(Array(header.utf8)),
                to: try GeodeticPosition(latitudeDegrees: 0, longitudeDegrees: 0))
        }
    }
}
