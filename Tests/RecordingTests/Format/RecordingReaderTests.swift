import Engine
import JSON
import Recording
import TestSupport
import Testing

@Suite(.quiet) struct RecordingReaderTests {
    @Test func `a recording is read turn by turn`() throws {
        let (reader, turns) = try RecordingSample.turns(RecordingSample.bytes())
        #expect(reader.header == RecordingSample.header)
        #expect(
            reader.rows == [
                RecordedRow(
                    table: "counters", row: ["name": .text("rotors"), "value": .integer(1)])
            ])
        #expect(turns.map(\.number) == [1, 2])
        #expect(turns[0].entries.map(\.kind) == [.input, .timer, .output, .log])
        #expect(turns[0].entries[1].stream == "RotorController")
        #expect(turns[1].entries.map(\.kind) == [.mark, .input])
        #expect(turns[0].firstLine == 3)
        #expect(reader.droppedLines == 0)
    }

    @Test func `what follows the last whole turn is dropped and counted`() throws {
        let whole = RecordingSample.bytes()
        // Every place at which the power can go after the first turn was written.
        let firstTurnEnds = RecordingSample.bytes(Array(RecordingSample.lines[..<7])).count
        for cut in firstTurnEnds..<whole.count {
            let (reader, turns) = try RecordingSample.turns(Array(whole[..<cut]))
            #expect(turns.map(\.number) == [1])
            #expect(reader.droppedLines > 0 || cut == firstTurnEnds)
        }
    }

    @Test(arguments: [
        (3, #"{"in":2,"event":1,"at":5,"stream":"ws/4","opened":4}"#, "in 2 after 0"),
        (3, #"{"in":1,"event":1,"stream":"ws/4","opened":4}"#, #""at" must be"#),
        (3, #"{"in":1,"event":1,"at":5,"opened":4}"#, #""stream" must be"#),
        (3, #"{"whatever":1}"#, "not known"),
        (3, "[1]", "not an object"),
        (3, #"{"in":1,"event":1,"at":5,"stream":"ws/4","opened":4"#, "too early"),
        (7, #"{"turn":1,"at":5,"events":2,"trace":"zz"}"#, "hexadecimal"),
        (7, #"{"turn":1,"at":4,"events":2,"trace":"00000000000000aa"}"#, "not of the time"),
        (10, #"{"turn":3,"at":9,"events":3,"trace":"00000000000000bb"}"#, "turn 3 after turn 1"),
        (10, #"{"turn":2,"at":9,"events":-3,"trace":"00000000000000bb"}"#, #""events" must"#),
    ])
    func `an edited line is named`(line: Int, text: String, message: String) {
        var lines = RecordingSample.lines
        lines[line - 1] = text
        let error = #expect(throws: RecordingError.self) {
            try RecordingSample.turns(RecordingSample.bytes(lines))
        }
        #expect(error?.line == line)
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func `moved lines are noticed`() {
        var lines = RecordingSample.lines
        lines.swapAt(2, 8)
        #expect(throws: RecordingError.self) {
            try RecordingSample.turns(RecordingSample.bytes(lines))
        }
    }

    @Test(arguments: [
        ("", "empty"),
        ("{}\n", "not a recording"),
        ("hello\n", "not a line of JSON"),
        (#"{"boresight":"recording","version":2}"# + "\n", "newer"),
        (#"{"boresight":"recording","version":0}"# + "\n", "version"),
        (#"{"boresight":"recording","version":1}"# + "\n", "utc_ns"),
    ])
    func `another file is refused`(text: String, message: String) {
        let error = #expect(throws: RecordingError.self) { try RecordingReader(Array(text.utf8)) }
        #expect(error?.line == 1)
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func `a configuration that was edited does not fit its digest`() {
        var lines = RecordingSample.lines
        lines[0] = lines[0].replacing(#""bases":[""]"#, with: #""bases":["x"]"#)
        let error = #expect(throws: RecordingError.self) {
            try RecordingReader(RecordingSample.bytes(lines))
        }
        #expect(error?.problem == .edited("configuration"))
    }

    @Test func `a line beyond the limit is refused and not read`() {
        var limits = RecordingLimits()
        limits.lineBytes = 400
        var lines = RecordingSample.lines
        lines[2] = #"{"in":1,"x":""# + String(repeating: "y", count: 500) + #""}"#
        let error = #expect(throws: RecordingError.self) {
            var reader = try RecordingReader(RecordingSample.bytes(lines), limits: limits)
            _ = try reader.next()
        }
        #expect(error?.problem == .lineTooLong(400) || error?.line == 1)
    }

    @Test func `no damage crashes the reader`() {
        let sample = RecordingSample.bytes()
        var random = SeededRandom(seed: 1, purpose: "damage")
        for _ in 0..<4000 {
            var bytes = sample
            for _ in 0...Int(random.next() % 4) {
                let place = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 4 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + 40))
                }
                if bytes.isEmpty { break }
            }
            // Reads or says why not; every input that is read can be taken apart.
            if let (_, turns) = try? RecordingSample.turns(bytes) {
                for entry in turns.flatMap(\.entries) where entry.kind == .input {
                    _ = try? RecordedInput(entry)
                }
            }
        }
    }
}
