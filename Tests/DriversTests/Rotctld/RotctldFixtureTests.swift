import Drivers
import Testing

/// Reads what real rotctlds answered to the commands that we send.
@Suite struct RotctldFixtureTests {
    private static func command(_ line: String) -> (RotctldCommand, RotctldDialect)? {
        let text = line.hasSuffix("\n") ? String(line.dropLast()) : line
        let set = RotctldCommand.setPosition(azimuthDegrees: 0, elevationDegrees: 0)
        switch text {
        case "p", "\\get_pos": return (.getPosition, .plain)
        case "+p", "+\\get_pos": return (.getPosition, .extended)
        case "S", "\\stop": return (.stop, .plain)
        case "+S": return (.stop, .extended)
        case "K", "\\park": return (.park, .plain)
        case "+K": return (.park, .extended)
        case "\\dump_state": return (.dumpState, .plain)
        default:
            let words = text.split(separator: " ")
            guard words.count == 3 else { return nil }
            if words[0] == "P" || words[0] == "\\set_pos" { return (set, .plain) }
            return words[0] == "+P" || words[0] == "+\\set_pos" ? (set, .extended) : nil
        }
    }

    @Test(arguments: [
        ("slew-4.5.4", 20), ("slew-4.6.2", 20), ("limits-4.5.4", 10), ("limits-4.6.2", 10),
        ("stop_park-4.5.4", 10), ("stop_park-4.6.2", 10), ("extended-4.5.4", 8),
        ("extended-4.6.2", 8), ("easycomm2-4.5.4", 10), ("easycomm2-4.6.2", 10),
        ("gs232b-4.5.4", 10), ("gs232b-4.6.2", 10), ("spid-4.5.4", 10), ("spid-4.6.2", 10),
        ("fault-easycomm2-4.5.4", 10), ("fault-gs232b-4.5.4", 10), ("fault-spid-4.5.4", 10),
        ("hangup-easycomm2-4.5.4", 10), ("hangup-easycomm2-4.6.2", 10),
    ])
    func `every recorded answer to a command of ours is understood`(
        name: String, atLeast: Int
    ) throws {
        let lines = try Transcript("rotctld/" + name).lines
        var understood = 0
        for (index, line) in lines.enumerated() where line.dir == ">" {
            guard let (command, dialect) = Self.command(line.data) else { continue }
            let answer = lines[(index + 1)...].prefix { $0.dir == "<" }.flatMap(\.bytes)
            guard !answer.isEmpty else { continue }
            var parser = RotctldReplyParser(for: command, in: dialect)
            let reply = try parser.receive(answer)
            #expect(reply != nil, "\(line.data) \(String(decoding: answer, as: UTF8.self))")
            understood += 1
        }
        #expect(understood >= atLeast)
    }

    @Test func `a pulled serial line is the error that says so`() throws {
        let last = try #require(Transcript("rotctld/hangup-easycomm2-4.5.4").fromDevice.last)
        var parser = RotctldReplyParser(for: .getPosition, in: .plain)
        #expect(try parser.receive(last.bytes) == .refused(.deviceUnreachable))
    }
}
