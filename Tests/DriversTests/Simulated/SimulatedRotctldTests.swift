import Drivers
import Engine
import Testing

@Suite struct SimulatedRotctldTests {
    private func at(_ seconds: Int) -> Instant { Instant.start.advanced(by: .seconds(seconds)) }

    private func say(_ rotctld: inout SimulatedRotctld, _ text: String, at second: Int = 0)
        -> String
    {
        String(decoding: rotctld.receive(bytes(text), at: at(second)), as: UTF8.self)
    }

    @Test func `it answers as Hamlib's dummy rotor was recorded, to the byte`() throws {
        // From "P nan" on the transcript asks what the drivers never do.
        let talk = try Transcript("rotctld/limits-4.6.2").lines.filter { $0.dir != "!" }
            .prefix { !$0.data.hasPrefix("P nan") }
        #expect(talk.count == 14)
        var rotctld = SimulatedRotctld()
        for (question, answer) in zip(talk, talk.dropFirst()) where question.dir == ">" {
            #expect(say(&rotctld, question.data) == answer.data, "\(question.data)")
        }
    }

    @Test(arguments: RotctldError.someOfEach)
    func `what is refused is refused in both dialects`(error: RotctldError) throws {
        var rotctld = SimulatedRotctld()
        rotctld.rejectWith = error
        let commands: [RotctldCommand] = [
            .getPosition, .setPosition(azimuthDegrees: 1, elevationDegrees: 2), .stop, .park,
        ]
        for command in commands {
            for dialect in [RotctldDialect.extended, .plain] {
                var parser = RotctldReplyParser(for: command, in: dialect)
                let answer = rotctld.receive(command.bytes(in: dialect), at: at(0))
                let reply = try parser.receive(answer)
                #expect(reply == .refused(error))
            }
        }
        #expect(rotctld.mechanics.reportedPosition(at: at(10)) == (0, 0))
    }

    @Test func `a command is understood however it is cut, and half of one is not obeyed`() {
        let line = bytes("+\\set_pos 12.00 6.00\n")
        for pieces in everySplit(of: line) {
            var rotctld = SimulatedRotctld()
            let answers = pieces.map { rotctld.receive($0, at: at(0)) }
            #expect(Array(answers.joined()) == answers.last, "an answer before its time")
            #expect(answers.last == bytes("set_pos: 12.00 6.00\nRPRT 0\n"))
            #expect(rotctld.mechanics.reportedPosition(at: at(10)) == (12, 6))
        }
        var rotctld = SimulatedRotctld()
        #expect(say(&rotctld, "P 12 6") == "")
        rotctld.reset()
        #expect(say(&rotctld, "\np\n", at: 10) == "0.00\n0.00\n")
    }

    @Test func `a command that is too long is not understood, and the next one is`() {
        var rotctld = SimulatedRotctld()
        let longest = SimulatedDeviceLimits.commandBytes
        #expect(
            say(&rotctld, "S" + String(repeating: " ", count: longest - 1) + "\n") == "RPRT 0\n")
        #expect(say(&rotctld, "S" + String(repeating: " ", count: longest) + "\n") == "")
        #expect(say(&rotctld, "S\n") == "RPRT 0\n")
    }

    @Test func `lost replies are obeyed, and what is lost on the way is not`() {
        var rotctld = SimulatedRotctld()
        var faults = SimulatedRotorFaults()
        faults.losesReplies = true
        rotctld.setFaults(faults, at: at(0))
        #expect(say(&rotctld, "P 12 6\n") == "")
        #expect(rotctld.mechanics.reportedPosition(at: at(10)) == (12, 6))
        faults.losesReplies = false
        faults.halfOpen = true
        rotctld.setFaults(faults, at: at(10))
        #expect(say(&rotctld, "P 30 6\n", at: 10) == "")
        rotctld.setFaults(SimulatedRotorFaults(), at: at(20))
        #expect(say(&rotctld, "p\n", at: 20) == "12.00\n6.00\n")
    }

    @Test func `the same bytes at the same times give the same answers`() {
        func run() -> [[UInt8]] {
            var random = SeededRandom(seed: 5, purpose: "rotctld")
            var rotctld = SimulatedRotctld()
            var faults = SimulatedRotorFaults()
            return (0..<500).map { second in
                faults.backlashDegrees = 5 * random.unit()
                faults.overshootDegrees = 5 * random.unit()
                faults.stalled = random.unit() < 0.1
                rotctld.setFaults(faults, at: at(second))
                let command = RotctldCommand.setPosition(
                    azimuthDegrees: 700 * random.unit() - 200, elevationDegrees: 90 * random.unit())
                return rotctld.receive(
                    command.bytes(in: .plain) + bytes("+\\get_pos\n"), at: at(second))
            }
        }
        let answers = run()
        #expect(Set(answers).count > 100)
        #expect(run() == answers)
    }
}

extension RotctldError {
    /// One about the command, one about the rotor, one that nobody knows.
    static let someOfEach: [RotctldError] = [.limitExceeded, .deviceUnreachable, .unknown(-77)]
}
