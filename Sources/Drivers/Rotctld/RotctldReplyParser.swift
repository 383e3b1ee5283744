/// Puts one answer together from however the bytes arrive.
///
/// Made for one command; an answer that is complete ends it.
package struct RotctldReplyParser: Sendable {
    private let command: RotctldCommand
    private let dialect: RotctldDialect
    private let limits: RotctldLimits
    private var line: [UInt8] = []
    private var lines: [String] = []
    private var received = 0

    package init(
        for command: RotctldCommand, in dialect: RotctldDialect,
        limits: RotctldLimits = RotctldLimits()
    ) {
        self.command = command
        self.dialect = dialect
        self.limits = limits
    }

    /// Takes bytes as they came; the answer once it is complete, nil before.
    ///
    /// Bytes behind a complete answer are `unsolicited`: with one command in flight there are none.
    package mutating func receive(
        _ bytes: [UInt8]
    ) throws(RotctldReplyError) -> RotctldReply? {
        received += bytes.count
        guard received <= limits.replyBytes else { throw .replyTooLong }
        var reply: RotctldReply?
        for byte in bytes {
            guard reply == nil else { throw .unsolicited }
            guard byte == UInt8(ascii: "\n") else {
                guard line.count < limits.lineBytes else { throw .lineTooLong }
                line.append(byte)
                continue
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            let text = String(decoding: line, as: UTF8.self)
            line.removeAll(keepingCapacity: true)
            reply = try take(text)
        }
        return reply
    }

    private mutating func take(_ text: String) throws(RotctldReplyError) -> RotctldReply? {
        if let code = Self.reportCode(text) {
            return try ended(code: code, line: text)
        }
        lines.append(text)
        switch (command, dialect) {
        case (.dumpState, _): return try RotctldStateLines(lines).reply()
        case (_, .extended): return try takeExtended(text)
        case (.getPosition, .plain): return try plainPosition(text)
        case (.setPosition, .plain), (.stop, .plain), (.park, .plain): throw .unexpectedLine(text)
        }
    }

    private func ended(code: Int, line: String) throws(RotctldReplyError) -> RotctldReply {
        if let error = RotctldError(code: code) { return .refused(error) }
        guard code == 0 else { throw .unexpectedLine(line) }
        switch command {
        case .dumpState: throw .unexpectedLine(line)
        case .getPosition:
            guard dialect == .extended, lines.count == 3,
                let azimuth = Self.number(lines[1], after: "Azimuth:"),
                let elevation = Self.number(lines[2], after: "Elevation:")
            else { throw .unexpectedLine(line) }
            return .position(azimuthDegrees: azimuth, elevationDegrees: elevation)
        case .setPosition, .stop, .park:
            guard dialect == .plain || lines.count == 1 else { throw .unexpectedLine(line) }
            return .done
        }
    }

    /// The first line names the command; only a position has further lines.
    private func takeExtended(_ text: String) throws(RotctldReplyError) -> RotctldReply? {
        let fits: Bool
        switch lines.count {
        case 1: fits = text.hasPrefix(command.name + ":")
        case 2: fits = command == .getPosition && text.hasPrefix("Azimuth:")
        case 3: fits = command == .getPosition && text.hasPrefix("Elevation:")
        default: fits = false
        }
        guard fits else { throw .unexpectedLine(text) }
        return nil
    }

    private func plainPosition(_ text: String) throws(RotctldReplyError) -> RotctldReply? {
        guard let last = RotctldNumber.parse(text) else { throw .unexpectedLine(text) }
        guard lines.count == 2, let first = lines.first.flatMap({ RotctldNumber.parse($0) }) else {
            return nil
        }
        return .position(azimuthDegrees: first, elevationDegrees: last)
    }

    private static func number(_ line: String, after label: String) -> Double? {
        guard line.hasPrefix(label) else { return nil }
        return RotctldNumber.parse(line.dropFirst(label.count))
    }

    static func reportCode(_ line: String) -> Int? {
        guard line.hasPrefix("RPRT ") else { return nil }
        return Int(line.dropFirst(5).filter { $0 != " " })
    }
}
