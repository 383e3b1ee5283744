import Testing

@testable import Simulation

@Suite struct LogKindTests {
    private static let gga = "$GPGGA,120000.00,,,,,0,00,99.9,,,,,,*5C\r\n"

    private func kind(_ bytes: [UInt8]) throws(ImportProblem) -> LogKind {
        try LogKind.of(bytes, ImportLimits())
    }

    @Test(arguments: [
        (#"{"class":"VERSION","release":"3.22"}"#, LogKind.gpsd),
        ("\n2026-11-20 12:00:00: {\"class\":\"TPV\",\"mode\":1}", .gpsd),
        (gga + #"{"class":"TPV","mode":1}"#, .gpsd), (gga, .receiver),
        (#"{"class":"VERSION"}"# + "\r\n" + gga, .receiver), ("$GPRMC,1,A\n", .receiver),
        ("# Name: RTCM 2\n# Date: 2011-04-05\n#\nfXy@}~\n", .receiver),
        ("!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4A\r\n", .receiver),
        ("p\n0.00\n0.00\n", .rotctldText), ("+S\nstop:\nRPRT 0\n", .rotctldText),
    ])
    func `the content tells what a file is`(text: String, expected: LogKind) throws {
        #expect(try kind(Array(text.utf8)) == expected)
    }

    @Test(arguments: [
        ("gpsd", LogKind.gpsdTranscript), ("rotctld", .rotctldTranscript),
    ])
    func `each conversation of the project is known`(folder: String, expected: LogKind) throws {
        for name in try FixtureFolder.names(in: folder) {
            #expect(try kind(FixtureFolder.bytes(folder + "/" + name)) == expected, "\(name)")
        }
    }

    @Test(arguments: [
        "hello\n", "# Title\n\nSome words about p and S.\n", "{\"a\":1}\n",
        "$100 in cash, no less\n",
        "$GPGGA,120000.00,,,,,0,00,99.9,,,,,,*5D\r\n", "p\nS\nK\n", "GIF89a\u{1}\u{0}\u{1}",
    ])
    func `anything else is not recognised`(text: String) {
        #expect(throws: ImportProblem.notRecognised) { try kind(Array(text.utf8)) }
    }

    @Test func `a recording and nothing at all have problems of their own`() throws {
        #expect(throws: ImportProblem.empty) { try kind([]) }
        #expect(throws: ImportProblem.isRecording) {
            try kind(FixtureFolder.bytes("imported/restart-3.22.jsonl"))
        }
    }
}
