import Drivers
import Testing

@Suite struct RotctldReplyParserTests {
    struct Case: Sendable {
        let command: RotctldCommand
        let dialect: RotctldDialect
        let text: String
        let reply: RotctldReply
    }

    private static let dummy = RotorCapabilities(
        model: 1, azimuthDegrees: -180...450, elevationDegrees: 0...90, axes: .both)
    private static let versionOne =
        "1\n1\nmin_az=-180.000000\nmax_az=450.000000\nmin_el=0.000000\nmax_el=90.000000\n"
        + "south_zero=0\nrot_type=AzEl\ndone\n"
    private static let set = RotctldCommand.setPosition(azimuthDegrees: 1, elevationDegrees: 2)

    static let cases: [Case] = [
        Case(command: .dumpState, dialect: .extended, text: versionOne, reply: .state(dummy)),
        Case(
            command: .dumpState, dialect: .plain,
            text: "0\n603\n-180.000000\n450.000000\n0.000000\n180.000000\n",
            reply: .state(
                RotorCapabilities(
                    model: 603, azimuthDegrees: -180...450, elevationDegrees: 0...180))),
        Case(
            command: .dumpState, dialect: .extended,
            text: "2\n9\nmin_az=10\nmax_az=0\nnew_key=x\nsouth_zero=1\nrot_type=Other\ndone\n",
            reply: .state(RotorCapabilities(model: 9, axes: .other, isSouthZero: true))),
        Case(
            command: .dumpState, dialect: .extended, text: "RPRT -4\n",
            reply: .refused(.notImplemented)),
        Case(
            command: .getPosition, dialect: .extended,
            text: "get_pos:\nAzimuth: 12.30\nElevation: -0.50\nRPRT 0\n",
            reply: .position(azimuthDegrees: 12.3, elevationDegrees: -0.5)),
        Case(
            command: .getPosition, dialect: .extended, text: "get_pos:\nRPRT -6\n",
            reply: .refused(.deviceUnreachable)),
        Case(
            command: .getPosition, dialect: .extended, text: "RPRT -5\r\n",
            reply: .refused(.deviceTimedOut)),
        Case(
            command: .getPosition, dialect: .plain, text: "359.99\n45.00\n",
            reply: .position(azimuthDegrees: 359.99, elevationDegrees: 45)),
        Case(
            command: .getPosition, dialect: .plain, text: "359,99\r\n45,00\r\n",
            reply: .position(azimuthDegrees: 359.99, elevationDegrees: 45)),
        Case(
            command: .getPosition, dialect: .plain, text: "RPRT -8\n",
            reply: .refused(.deviceProtocol)),
        Case(
            command: set, dialect: .extended, text: "set_pos: 1.00 2.00\nRPRT 0\n", reply: .done),
        Case(
            command: set, dialect: .extended, text: "set_pos: 500 5\nRPRT -21\n",
            reply: .refused(.limitExceeded)),
        Case(command: set, dialect: .plain, text: "RPRT -1\n", reply: .refused(.invalidParameter)),
        Case(command: .stop, dialect: .extended, text: "stop:\nRPRT 0\n", reply: .done),
        Case(command: .park, dialect: .plain, text: "RPRT 0\n", reply: .done),
    ]

    @Test(arguments: cases)
    func `an answer is read however its bytes arrive`(example: Case) throws {
        for way in everySplit(of: bytes(example.text)) {
            var parser = RotctldReplyParser(for: example.command, in: example.dialect)
            var replies: [RotctldReply] = []
            for piece in way {
                if let reply = try parser.receive(piece) { replies.append(reply) }
            }
            #expect(replies == [example.reply], "\(way)")
        }
    }

    @Test(arguments: [
        (RotctldCommand.getPosition, RotctldDialect.extended, "12.0\n45.0\n"),
        (.getPosition, .extended, "set_pos: 1 2\nRPRT 0\n"),
        (.getPosition, .extended, "get_pos:\nAzimuth: nan\nElevation: 1\nRPRT 0\n"),
        (.getPosition, .extended, "get_pos:\nAzimuth: 1\nRPRT 0\n"),
        (.getPosition, .plain, "0x10\n5\n"),
        (.getPosition, .plain, "inf\n5\n"),
        (.getPosition, .plain, "RPRT 0\n"),
        (.stop, .plain, "12.00\n"),
        (.stop, .extended, "RPRT 0\n"),
        (.park, .plain, "RPRT 7\n"),
        (.dumpState, .plain, "HTTP/1.0 400 Bad Request\n"),
        (.dumpState, .plain, "1\n1\nmin_az\n"),
    ])
    func `what is not the answer is an error and never a guess`(
        command: RotctldCommand, dialect: RotctldDialect, text: String
    ) {
        #expect(throws: RotctldReplyError.self) {
            var parser = RotctldReplyParser(for: command, in: dialect)
            _ = try parser.receive(bytes(text))
        }
    }

    @Test func `bytes behind the answer are unsolicited`() {
        var parser = RotctldReplyParser(for: .stop, in: .plain)
        #expect(throws: RotctldReplyError.unsolicited) {
            _ = try parser.receive(bytes("RPRT 0\nRPRT 0\n"))
        }
    }

    @Test func `a line and an answer have bounds`() throws {
        var limits = RotctldLimits()
        limits.lineBytes = 10
        var parser = RotctldReplyParser(for: .dumpState, in: .plain, limits: limits)
        #expect(throws: RotctldReplyError.lineTooLong) {
            _ = try parser.receive(bytes("12345678901"))
        }
        limits = RotctldLimits()
        limits.replyBytes = 40
        parser = RotctldReplyParser(for: .dumpState, in: .plain, limits: limits)
        _ = try parser.receive(bytes("1\n1\na=1\n"))
        #expect(throws: RotctldReplyError.replyTooLong) {
            _ = try parser.receive(bytes(String(repeating: "a=1\n", count: 9)))
        }
    }
}
