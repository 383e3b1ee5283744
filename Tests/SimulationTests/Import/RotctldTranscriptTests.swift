import Testing

@testable import Simulation

@Suite struct RotctldTranscriptTests {
    private func transcript(_ lines: (Double, String, String)...) throws -> RotctldTranscript {
        let text = lines.map { time, direction, data in
            #"{"t":\#(time),"dir":"\#(direction)","data":"\#(data)"}"# + "\n"
        }.joined()
        return try RotctldTranscript(jsonLines: Array(text.utf8), ImportLimits())
    }

    private func replies(_ transcript: RotctldTranscript) -> [String] {
        transcript.exchanges.map { String(decoding: $0.reply.flatMap(\.bytes), as: UTF8.self) }
    }

    @Test func `each answer belongs to its request, with its delay`() throws {
        let transcript = try transcript(
            (0, ">", #"p\n"#), (0.3, "<", #"0.00\n"#), (0.4, "<", #"0.00\n"#),
            (1, ">", #"P 30 10\n"#), (1.6, "<", #"RPRT 0\n"#))
        #expect(
            transcript.exchanges.map(\.request.kind) == [
                .getPosition, .setPosition(azimuthDegrees: 30, elevationDegrees: 10),
            ])
        #expect(
            transcript.exchanges[0].reply.map(\.delay) == [.milliseconds(300), .milliseconds(400)])
        #expect(replies(transcript) == ["0.00\n0.00\n", "RPRT 0\n"])
        #expect(transcript.length == .milliseconds(1600))
    }

    @Test func `the answers to several commands in one packet are divided`() throws {
        let transcript = try transcript(
            (0, ">", #"P 40 20\np\nS\n"#), (0.1, "<", #"RPRT 0\n13.34\n13.34\nRPRT 0\n"#))
        #expect(replies(transcript) == ["RPRT 0\n", "13.34\n13.34\n", "RPRT 0\n"])
    }

    @Test func `half a request waits for its other half`() throws {
        let transcript = try transcript(
            (0, ">", "P 30"), (1, ">", #".0 15\n"#), (1.1, "<", #"RPRT 0\n"#),
            (2, ">", "p"), (2.1, "<", #"1.00\n1.00\n"#), (2.2, ">", #"\n"#))
        #expect(replies(transcript) == ["RPRT 0\n", "1.00\n1.00\n"])
        #expect(
            transcript.exchanges[0].request.kind
                == .setPosition(azimuthDegrees: 30, elevationDegrees: 15))
    }

    @Test func `a request that was never answered stays so`() throws {
        let transcript = try transcript(
            (0, ">", #"p\n"#), (1, ">", #"p\n"#), (1.1, "<", #"2.00\n3.00\n"#))
        #expect(replies(transcript) == ["", "2.00\n3.00\n"])
    }

    @Test func `a rotctld that hangs up is told from one that was signed off`() throws {
        let cut = try transcript(
            (0, ">", #"p\n"#), (0.1, "<", #"0\n0\n"#), (1, ">", #"p\n"#),
            (1.1, "!", "EOF from server"))
        #expect(cut.exchanges.map(\.isCutOff) == [false, true])
        let good = try transcript(
            (0, ">", #"p\n"#), (0.1, "<", #"0\n0\n"#), (1, ">", #"q\n"#),
            (1.1, "!", "EOF from server"))
        #expect(good.exchanges.map(\.isCutOff) == [false, false])
    }

    @Test func `on a terminal a lone 1 belongs to the state that is awaited`() throws {
        let text =
            "\\dump_state\n1\n2\nmin_az=-180.0\nmax_az=450.0\nmin_el=0.0\nmax_el=90.0\ndone\np\n1\n2\n"
        let transcript = try RotctldTranscript(text: Array(text.utf8), ImportLimits())
        #expect(transcript.exchanges.map(\.request.kind) == [.dumpState, .getPosition])
        #expect(replies(transcript)[1] == "1\n2\n")
        #expect(transcript.geometry.azimuthDegrees == -180...450)
    }

    @Test func `the rotor turns as far as it says, or as far as it was told to`() throws {
        let told = try transcript(
            (0, ">", #"p\n"#), (0.1, "<", #"0\n0\n"#), (1, ">", #"P -170 120\n"#),
            (2, ">", #"P 500 5\n"#))
        #expect(told.geometry.azimuthDegrees == -170...500)
        #expect(told.geometry.elevationDegrees == 0...120)
        let wild = try transcript(
            (0, ">", #"p\n"#), (0.1, "<", #"0\n0\n"#), (1, ">", #"P -3000 -3000\n"#),
            (2, ">", #"P 3000 3000\n"#))
        #expect(wild.geometry.azimuthDegrees == -360...360)
        #expect(wild.geometry.elevationDegrees == -90...180)
    }

    @Test func `nobody who never says where the rotor is can be played`() {
        #expect(throws: ImportProblem.noPositions) {
            try transcript((0, ">", #"P 1 1\n"#), (0.1, "<", #"RPRT 0\n"#))
        }
    }

    @Test func `every conversation of the project can be read`() throws {
        for name in try FixtureFolder.names(in: "rotctld") {
            let transcript = try RotctldTranscript(
                jsonLines: FixtureFolder.bytes("rotctld/" + name), ImportLimits())
            #expect(transcript.exchanges.count >= 10, "\(name)")
        }
    }
}
