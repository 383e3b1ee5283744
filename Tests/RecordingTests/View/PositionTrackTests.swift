import Engine
import Testing

@testable import Recording

@Suite struct PositionTrackTests {
    @Test func `positions come from frames, reports, marks and the configuration`() throws {
        let tracks = try HandMadeRecording.scene().tracks
        let told = tracks.map { track in
            "\(track.role.rawValue) \(track.name): "
                + track.points.map {
                    "\($0.at.nanoseconds / 1_000_000) \($0.first) \($0.second)"
                        + ($0.altitudeMetres.map { " \($0)" } ?? "")
                }.joined(separator: ", ")
        }
        let wanted = [
            "station station: 0 52.0 13.0 100.0, 2600 52.0001 13.0001 101.5",
            "phone ws/2: 2000 52.002 13.001 150.0", "rotor mast: 2000 10.0 5.0",
            "target mast: 2000 20.0 7.5", "true_phone phone: 2600 52.002 13.001 150.0",
            "true_station antenna: 2600 52.0 13.0 100.0", "true_rotor rotor: 2600 12.0 6.0",
        ]
        #expect(told == wanted)
    }

    @Test(arguments: [
        "", "{", "[]", "null", #"{"type":"location"}"#,
        #"{"type":"location","geometry":{"coordinates":[]}}"#,
        #"{"type":"location","geometry":{"coordinates":["a","b"]}}"#,
        #"{"type":"target","target":{"azimuth":1}}"#, #"{"type":"target","target":7}"#,
        #"{"type":"rotor","azimuth":1,"elevation":2}"#,
    ])
    func `what a client says that is no position is none`(text: String) throws {
        let scene = try HandMadeRecording.scene([HandMadeRecording.frame(text)])
        #expect(scene.tracks.map(\.role) == [.station])
    }

    @Test func `more tracks and points than may be are left out`() throws {
        let turns = (1...6).map { index -> (at: Int64, lines: [String]) in
            let text = #"{\"type\":\"target\",\"target\":{\"azimuth\":\#(index),\"elevation\":2}}"#
            let line =
                #"{"in":\#(index),"event":\#(index),"at":AT,"stream":"ws/\#(index % 3)","socket":1,"text":"\#(text)"}"#
            return (Int64(index), [line])
        }
        var limits = ViewLimits()
        limits.tracks = 3
        let few = try HandMadeRecording.scene(turns, limits: limits).tracks
        #expect(few.map(\.name) == ["station", "ws/1", "ws/2"])
        #expect(few.map(\.points.count) == [1, 2, 2])
        limits.tracks = 10
        limits.sightings = 4
        #expect(
            try HandMadeRecording.scene(turns, limits: limits).tracks.map(\.points.count)
                == [1, 1, 1, 1])
    }
}
