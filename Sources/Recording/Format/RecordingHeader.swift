package import Engine
package import JSON

/// The first line of a recording: what a replay must start from.
package struct RecordingHeader: Sendable, Equatable {
    /// The version that this program writes. A reader refuses a higher one.
    package static let version: Int64 = 1

    /// The version of the program that wrote it.
    package var program: String
    /// The wall clock at engine time zero.
    package var utc: UTCTime
    package var seed: UInt64
    /// Engine time at the start.
    package var start: Instant
    package var pace: RecordedPace
    /// The order of events of the same instant.
    package var schedule: Schedule
    /// How the station was put together, as its assembly reads it back.
    package var configuration: JSONObject
    /// True when the recording begins with the core's first turn, so that it can be replayed; false
    /// for the last minutes of a longer run.
    package var isFromStart: Bool

    package init(
        program: String, utc: UTCTime, seed: UInt64, start: Instant = .start,
        pace: RecordedPace, schedule: Schedule = .arrival,
        configuration: JSONObject, isFromStart: Bool = true
    ) {
        self.program = program
        self.utc = utc
        self.seed = seed
        self.start = start
        self.pace = pace
        self.schedule = schedule
        self.configuration = configuration
        self.isFromStart = isFromStart
    }
}

/// What moved the clock of the run that was recorded.
package enum RecordedPace: String, Sendable {
    case live
    case virtual
}

extension RecordingHeader {
    private static let format = "recording"

    package var json: JSONObject {
        let configuration = JSONValue.object(configuration)
        return [
            "boresight": .string(Self.format),
            "version": .integer(Self.version),
            "program": .string(program),
            "started": .string(utc.text(.microseconds)),
            "utc_ns": .integer(utc.nanoseconds),
            "seed": .string(Hex.text(seed)),
            "start_ns": .integer(start.nanoseconds),
            "pace": .string(pace.rawValue),
            "schedule": .string(schedule.recordedText),
            "from_start": .bool(isFromStart),
            "configuration": configuration,
            "configuration_sha256": .string(Hex.text(Digest.sha256(configuration.bytes()))),
        ]
    }

    init(_ json: JSONObject) throws(RecordingProblem) {
        guard json["boresight"] == .string(Self.format) else {
            throw .notARecording
        }
        guard let version = json["version"]?.integerValue, version > 0 else {
            throw .missing("version", "a whole number above 0")
        }
        guard version <= Self.version else { throw .newer(version) }
        guard let utc = json["utc_ns"]?.integerValue else {
            throw .missing("utc_ns", "a whole number")
        }
        guard let seed = json["seed"]?.stringValue.flatMap(Hex.number) else {
            throw .missing("seed", "16 hexadecimal digits")
        }
        guard let pace = json["pace"]?.stringValue.flatMap(RecordedPace.init(rawValue:)) else {
            throw .missing("pace", "\"live\" or \"virtual\"")
        }
        guard let schedule = Schedule(recordedText: json["schedule"]?.stringValue ?? "arrival")
        else { throw .missing("schedule", "\"arrival\", \"random\" or \"priorities N M\"") }
        guard let configuration = json["configuration"]?.objectValue else {
            throw .missing("configuration", "an object")
        }
        let digest = Hex.text(Digest.sha256(JSONValue.object(configuration).bytes()))
        guard json["configuration_sha256"]?.stringValue == digest else {
            throw .edited("configuration")
        }
        self.init(
            program: json["program"]?.stringValue ?? "unknown", utc: UTCTime(nanoseconds: utc),
            seed: seed, start: Instant(nanoseconds: json["start_ns"]?.integerValue ?? 0),
            pace: pace, schedule: schedule, configuration: configuration,
            isFromStart: json["from_start"]?.boolValue ?? true)
    }
}

extension Schedule {
    fileprivate var recordedText: String {
        switch self {
        case .arrival: "arrival"
        case .random: "random"
        case .priorities(let changes, let events): "priorities \(changes) \(events)"
        }
    }

    fileprivate init?(recordedText text: String) {
        let words = text.split(separator: " ")
        switch (words.first, words.count) {
        case ("arrival", 1): self = .arrival
        case ("random", 1): self = .random
        case ("priorities", 3):
            guard let changes = Int(words[1]), let events = UInt64(words[2]) else { return nil }
            self = .priorities(changes: changes, events: events)
        default: return nil
        }
    }
}
