import Engine
import JSON

@testable import Recording

/// Recordings of a few lines, as tests need them.
enum HandMadeRecording {
    /// 2026-11-21T06:00:00Z
    static let start = UTCTime(nanoseconds: 1_795_240_800_000_000_000)

    static func header(isFromStart: Bool = true) -> RecordingHeader {
        RecordingHeader(
            program: "0.1.0", utc: start, seed: 7, pace: .virtual,
            configuration: [
                "station": .array([.number(52), .number(13), .number(100)])
            ], isFromStart: isFromStart)
    }

    /// - Parameter turns: milliseconds and lines of each turn; `AT` in a line becomes its time.
    static func bytes(_ turns: [(at: Int64, lines: [String])]) -> [UInt8] {
        var text = RecordingText(header(), rows: [])
        for (index, turn) in turns.enumerated() {
            let at = turn.at * 1_000_000
            let lines = turn.lines.map { line in
                Array(line.replacing("AT", with: "\(at)").utf8)
            }
            text.add(
                TurnCollector.Turn(
                    number: UInt64(index + 1), at: Instant(nanoseconds: at),
                    events: UInt64(index), trace: 0, lines: lines))
        }
        return text.bytes
    }

    static func reader(_ turns: [(at: Int64, lines: [String])]) throws -> RecordingReader {
        try RecordingReader(bytes(turns))
    }

    /// One of everything.
    static let small: [(at: Int64, lines: [String])] = [
        (
            0,
            [
                #"{"in":1,"event":0,"at":AT,"stream":"entropy","entropy":"00ff"}"#,
                #"{"out":1,"event":0,"at":AT,"stream":"store/users","put":{"id":"u","hash":{"hex":"0123456789abcdef"},"name":"A B"}}"#,
            ]
        ),
        (
            1500,
            [
                #"{"in":2,"event":1,"at":AT,"stream":"http/1","request":1,"method":"GET","path":"/health","headers":[],"from":"127.0.0.1"}"#,
                #"{"out":2,"event":1,"at":AT,"stream":"http/1","respond":1,"status":200,"headers":[],"body":"{\"status\":\"ok\"}"}"#,
            ]
        ),
        (
            2000,
            [
                #"{"mark":"fault","event":1,"at":AT,"name":"rotctld lost","phase":"begins"}"#,
                #"{"in":3,"event":2,"at":AT,"stream":"ws/2","socket":2,"text":"{\"type\":\"location\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[13.001,52.002,150]},\"accuracy\":8}"}"#,
                #"{"log":"warning","event":2,"at":AT,"component":"rotor","message":"cannot follow","fields":{"rotor":"mast"}}"#,
                #"{"out":3,"event":3,"at":AT,"stream":"ws/2,3","to":[2,3],"frame":"{\"type\":\"rotor\",\"azimuth\":10,\"elevation\":5,\"moving\":true,\"mode\":\"track\",\"name\":\"mast\",\"target\":{\"azimuth\":20,\"elevation\":7.5}}"}"#,
            ]
        ),
        (
            2500,
            [
                #"{"timer":"RotctldDriver","event":4,"at":AT}"#,
                #"{"out":4,"event":4,"at":AT,"stream":"rotctld/mast","driver":1,"connection":1,"send":"+\\get_pos\n"}"#,
            ]
        ),
        (
            2600,
            [
                #"{"in":4,"event":5,"at":AT,"stream":"rotctld/mast","driver":1,"connection":1,"received":"get_pos:\nAzimuth: 12.00\nElevation: 6.00\nRPRT 0\n"}"#,
                #"{"in":5,"event":6,"at":AT,"stream":"gpsd","driver":2,"connection":1,"received":"{\"class\":\"TPV\",\"mode\":3,\"lat\":52.0001,\"lon\":13.0001,\"altHAE\":101.5}\n"}"#,
                #"{"in":6,"event":7,"at":AT,"stream":"clock","utc_offset_ns":1795327200000000000}"#,
                #"{"mark":"fault","event":7,"at":AT,"name":"rotctld lost","phase":"ends"}"#,
                #"{"mark":"expectation","event":7,"at":AT,"name":"the rotor follows","state":"met"}"#,
                #"{"mark":"world","event":7,"at":AT,"phone":[52.002,13.001,150],"rotor":[12,6],"antenna":[52,13,100]}"#,
            ]
        ),
    ]

    static func scene(
        _ turns: [(at: Int64, lines: [String])] = small,
        _ filter: TimelineFilter = TimelineFilter(), limits: ViewLimits = ViewLimits()
    ) throws -> Scene {
        try Scene(reader(turns), filter, limits: limits)
    }

    static func entries(_ turns: [(at: Int64, lines: [String])] = small) throws -> [TimelineEntry] {
        var timeline = Timeline(try reader(turns))
        var entries: [TimelineEntry] = []
        while let entry = try timeline.next() { entries.append(entry) }
        return entries
    }

    /// A frame that a client sent, as a turn.
    static func frame(_ text: String) -> (at: Int64, lines: [String]) {
        let quoted = JSONValue.string(text).text
        return (
            1000, [#"{"in":1,"event":1,"at":AT,"stream":"ws/1","socket":1,"text":\#(quoted)}"#]
        )
    }
}
