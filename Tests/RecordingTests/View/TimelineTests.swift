import Testing

@testable import Recording

@Suite struct TimelineTests {
    @Test func `an effect has the cause of its event, or else the last one before it`() throws {
        let causes = try HandMadeRecording.entries().map { entry in
            entry.cause.map { "\($0.position)\($0.isOfSameEvent ? "" : "?")" } ?? "-"
        }
        // The numbers are those of the entries in the golden timeline, from 0.
        let wanted = [
            "-", "-", "-", "2", "-", "-", "5", "5?", "-", "8", "-", "-", "-", "-", "-", "-",
        ]
        #expect(causes == wanted)
    }

    @Test func `a draw of randomness follows from what drew it`() throws {
        let entries = try HandMadeRecording.entries([
            (
                at: 1,
                lines: [
                    #"{"in":1,"event":1,"at":AT,"stream":"ws/1","opened":1}"#,
                    #"{"in":2,"event":1,"at":AT,"stream":"entropy","entropy":"00"}"#,
                ]
            )
        ])
        #expect(entries.last?.cause == TimelineEntry.Cause(position: 0, isOfSameEvent: true))
    }

    @Test func `lines that a cut left are counted`() throws {
        let bytes = HandMadeRecording.bytes(HandMadeRecording.small)
        // Half of the last turn's end and the line before it are gone.
        let cut = Array(bytes.dropLast(12))
        var timeline = Timeline(try RecordingReader(cut))
        var count = 0
        while try timeline.next() != nil { count += 1 }
        #expect(count == 10)
        #expect(timeline.droppedLines == 7)
        #expect(timeline.turns == 4)
    }

    @Test func `a broken line is an error with its number`() throws {
        var bytes = HandMadeRecording.bytes([HandMadeRecording.small[0]])
        bytes += Array("{\"what\":1}\n".utf8)
        var timeline = Timeline(try RecordingReader(bytes))
        #expect(throws: RecordingError(line: 5, .unknownLine)) {
            while try timeline.next() != nil {}
        }
    }
}
