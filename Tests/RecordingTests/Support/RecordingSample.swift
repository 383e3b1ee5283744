import Engine
import JSON
import Recording

/// A small whole recording, made of the lines as they stand in files.
enum RecordingSample {
    static let header = RecordingHeader(
        program: "0.1.0", utc: UTCTime(nanoseconds: 1_800_000_000_000_000_000), seed: 7,
        pace: .live, configuration: ["bases": .array([.string("")])])

    static let headerLine = String(
        decoding: LineEncoder(redaction: nil).header(header), as: UTF8.self)

    static let lines = [
        headerLine,
        #"{"row":"counters","values":{"name":"rotors","value":1}}"#,
        #"{"in":1,"event":1,"at":5,"stream":"ws/4","opened":4}"#,
        #"{"timer":"RotorController","event":2,"at":5}"#,
        #"{"out":1,"event":2,"at":5,"stream":"ws/4","to":[4],"frame":"{\"type\":\"rotor\"}"}"#,
        #"{"log":"info","event":2,"at":5,"component":"rotor","message":"aims"}"#,
        #"{"turn":1,"at":5,"events":2,"trace":"00000000000000aa"}"#,
        #"{"mark":"fault","event":2,"at":6,"name":"gps.jump","phase":"begins"}"#,
        #"{"in":2,"event":3,"at":9,"stream":"gpsd","driver":1,"connection":1,"received":"x"}"#,
        #"{"turn":2,"at":9,"events":3,"trace":"00000000000000bb"}"#,
    ]

    static func bytes(_ lines: [String] = lines) -> [UInt8] {
        Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// Reads every turn.
    static func turns(_ bytes: [UInt8]) throws(RecordingError) -> (RecordingReader, [RecordedTurn])
    {
        var reader = try RecordingReader(bytes)
        var turns: [RecordedTurn] = []
        while let turn = try reader.next() { turns.append(turn) }
        return (reader, turns)
    }
}
