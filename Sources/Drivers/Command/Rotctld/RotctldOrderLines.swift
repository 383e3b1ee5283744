/// An order as lines for rotctld, each answered with a last line `RPRT` and a code.
///
/// Our own are in the plain form, which imitations of rotctld know too; an operator's may ask for
/// something, and only in the extended form does such an answer have an end.
struct RotctldOrderLines {
    let lines: [String]

    init(
        _ order: DeviceOrder, limits: RotctldOrderLimits = RotctldOrderLimits()
    ) throws(CommandFailure) {
        switch order {
        case .custom(let text): lines = try Self.lines(of: text, limits)
        // `rotator reset`, all of it: rotctl(1).
        case .reboot: lines = ["R 1"]
        case .changePassword: throw CommandFailure("rotctld has no passwords")
        case .point(let azimuth, let elevation):
            guard RotctldCommand.isSendable(degrees: azimuth),
                RotctldCommand.isSendable(degrees: elevation)
            else { throw CommandFailure(RotorError.invalidAngle.description) }
            lines = [
                Self.line(
                    .setPosition(azimuthDegrees: azimuth, elevationDegrees: elevation))
            ]
        case .stop: lines = [Self.line(.stop)]
        case .park: lines = [Self.line(.park)]
        }
    }

    /// Without its end.
    private static func line(_ command: RotctldCommand) -> String {
        String(decoding: command.bytes(in: .plain).dropLast(), as: UTF8.self)
    }

    /// The operator's lines. The character before a command chooses the form of the answer, which
    /// is ours to choose; `#` begins a remark, which is not answered.
    private static func lines(
        of text: String, _ limits: RotctldOrderLimits
    ) throws(CommandFailure) -> [String] {
        var lines: [String] = []
        for raw in text.split(whereSeparator: \.isNewline) {
            var line = raw.drop { $0 == " " }
            if line.first == "+" { line = line.dropFirst() }
            if line.isEmpty || line.first == "#" { continue }
            guard line.utf8.count <= limits.lineBytes,
                line.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), let first = line.first,
                first.isLetter || first.isNumber || first == "\\" || first == "_"
            else { throw CommandFailure("this is no line for rotctld: \(line.prefix(40))") }
            lines.append("+" + line)
        }
        guard !lines.isEmpty else { throw CommandFailure("there is no line for rotctld") }
        guard lines.count <= limits.lines else {
            throw CommandFailure("these are more than \(limits.lines) lines")
        }
        return lines
    }
}
