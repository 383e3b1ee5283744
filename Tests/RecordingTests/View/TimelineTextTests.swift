import Testing

@testable import Recording

@Suite struct TimelineTextTests {
    private func lines(_ style: TimelineText.Style) throws -> [String] {
        var text = TimelineText(style)
        return try HandMadeRecording.entries().map { text.line($0) }
    }

    @Test func `a recording reads as a timeline`() throws {
        let wanted = [
            #"2026-11-21 UTC"#,
            #"     0.000000 06:00:00.000 #0      → entropy                2 random bytes"#,
            #"     0.000000 06:00:00.000 #0      ← store/users            put id=u hash=01234567… name="A B""#,
            #"     1.500000 06:00:01.500 #1      → http/1                 GET /health"#,
            #"     1.500000 06:00:01.500 #1      ← http/1                 GET /health → 200 {"status":"ok"}"#,
            #"     2.000000 06:00:02.000 #1      ◆ fault                  rotctld lost begins"#,
            #"     2.000000 06:00:02.000 #2      → ws/2                   location 52.002,13.001,150 ±8 m"#,
            #"     2.000000 06:00:02.000 #2      · rotor                  warning cannot follow rotor=mast"#,
            #"     2.000000 06:00:02.000 #3      ← ws/2,3                 rotor mast az 10 el 5 → az 20 el 7.5 track moving"#,
            #"     2.500000 06:00:02.500 #4      ◦ RotctldDriver          rings"#,
            #"     2.500000 06:00:02.500 #4      ← rotctld/mast           +\get_pos"#,
            #"     2.600000 06:00:02.600 #5      → rotctld/mast           get_pos: | Azimuth: 12.00 | Elevation: 6.00 | RPRT 0"#,
            #"     2.600000 06:00:02.600 #6      → gpsd                   TPV 3D 52.0001,13.0001 101.5 m"#,
            #"2026-11-22 UTC"#,
            #"     2.600000 06:00:02.600 #7      → clock                  wall clock set; engine time 0 is 2026-11-22T06:00:00.000000Z"#,
            #"     2.600000 06:00:02.600 #7      ◆ fault                  rotctld lost ends"#,
            #"     2.600000 06:00:02.600 #7      ◆ expectation            the rotor follows: met"#,
            #"     2.600000 06:00:02.600 #7      ◆ world                  phone 52.002,13.001,150, rotor 12,6, antenna 52,13,100"#,
        ]
        #expect(
            try lines(.plain).joined().split(separator: "\n").map(String.init) == wanted)
    }

    @Test func `colours only surround what the plain lines say`() throws {
        let plain = try lines(.plain).joined()
        let coloured = try lines(.coloured).joined()
        #expect(coloured.contains("\u{1B}[33m·\u{1B}[0m"), "a warning is yellow")
        #expect(coloured.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
        #expect(!plain.contains("\u{1B}"))
    }

    @Test func `what a client sends cannot draw on the terminal`() throws {
        let hostile = "\u{1B}[2J\r\n\u{202E}evil\u{2028}line"
        let entries = try HandMadeRecording.entries([HandMadeRecording.frame(hostile)])
        var text = TimelineText(.plain)
        let line = text.line(try #require(entries.first))
        let wanted = "\u{FFFD}[2J\u{FFFD}\u{FFFD}\u{FFFD}evil\u{FFFD}line\n"
        #expect(
            line.unicodeScalars.suffix(wanted.unicodeScalars.count).elementsEqual(
                wanted.unicodeScalars))
    }

    @Test func `the heading tells where the recording comes from`() {
        var header = HandMadeRecording.header()
        #expect(
            TimelineText.heading(header)
                == "recording of boresight 0.1.0, virtual, started 2026-11-21T06:00:00.000000Z\n")
        header.isFromStart = false
        #expect(TimelineText.heading(header).hasSuffix("without its beginning\n"))
    }
}
