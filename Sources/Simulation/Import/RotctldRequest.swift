import Drivers

/// A line that a client sent to rotctld.
///
/// Source: the manual page rotctld(1), "Commands" and "Extended Response Protocol".
struct RotctldRequest: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case dumpState
        case getPosition
        case setPosition(azimuthDegrees: Double, elevationDegrees: Double)
        case stop
        case park
        /// What the station never asks.
        case other

        /// Asking again changes nothing.
        var isQuestion: Bool { self == .dumpState || self == .getPosition }
    }

    let kind: Kind
    let dialect: RotctldDialect

    /// Names by their one-character form; nil for what has none.
    private static let names: [(short: Character?, long: String, arguments: Int)] = [
        ("p", "get_pos", 0), ("P", "set_pos", 2), ("S", "stop", 0), ("K", "park", 0),
        (nil, "dump_state", 0), ("M", "move", 2), ("R", "reset", 1), ("_", "get_info", 0),
        ("s", "get_status", 0), ("1", "dump_caps", 0), ("C", "set_conf", 2),
        (nil, "get_conf", 1), ("w", "send_cmd", 1), ("v", "get_level", 1),
        ("V", "set_level", 2), ("u", "get_func", 1), ("U", "set_func", 2),
        ("x", "get_parm", 1), ("X", "set_parm", 2), ("L", "lonlat2loc", 3),
        ("l", "loc2lonlat", 1), ("q", "exit", 0), ("Q", "exit", 0),
    ]

    /// Nil for a line that is no command of rotctld's.
    init?(_ line: some StringProtocol) {
        var text = line.drop { $0 == " " }
        // Any punctuation is a separator for the answer; only `+` means lines.
        let separators = "+;|,:!?"
        let prefix = text.first.flatMap { separators.contains($0) ? $0 : nil }
        if prefix != nil { text = text.dropFirst() }
        guard let first = text.first else { return nil }
        let words: [Substring]
        let known: (short: Character?, long: String, arguments: Int)?
        if first == "\\" {
            let all = Substring(text.dropFirst()).split(separator: " ")
            known = Self.names.first { $0.long == all.first.map(String.init) }
            words = Array(all.dropFirst())
        } else {
            known = Self.names.first { $0.short == first }
            words = Substring(text.dropFirst()).split(separator: " ")
        }
        guard let known, words.count == known.arguments || known.long == "send_cmd" else {
            return nil
        }
        let isOurDialect = prefix == nil || prefix == "+"
        dialect = prefix == nil ? .plain : .extended
        switch known.long {
        case _ where !isOurDialect: kind = .other
        case "get_pos": kind = .getPosition
        case "dump_state": kind = .dumpState
        case "stop": kind = .stop
        case "park": kind = .park
        case "set_pos":
            let angles = words.compactMap { Self.angle($0) }
            kind =
                angles.count == 2
                ? .setPosition(azimuthDegrees: angles[0], elevationDegrees: angles[1]) : .other
        default: kind = .other
        }
    }

    /// rotctld takes a comma for the point as well.
    private static func angle(_ text: Substring) -> Double? {
        let number = Double(String(text.map { $0 == "," ? "." : $0 }))
        return number.flatMap { RotctldCommand.isSendable(degrees: $0) ? $0 : nil }
    }

    /// The parser for its answer; nil for what the station never asks.
    var replyParser: RotctldReplyParser? {
        let command: RotctldCommand
        switch kind {
        case .dumpState: command = .dumpState
        case .getPosition: command = .getPosition
        case .setPosition(let azimuth, let elevation):
            command = .setPosition(azimuthDegrees: azimuth, elevationDegrees: elevation)
        case .stop: command = .stop
        case .park: command = .park
        case .other: return nil
        }
        return RotctldReplyParser(for: command, in: dialect)
    }

    /// True when both ask the same: a direction is the same after a whole turn.
    func isSame(as other: RotctldRequest) -> Bool {
        guard isSameKind(as: other) else { return false }
        guard case .setPosition(let azimuth, let elevation) = kind,
            case .setPosition(let otherAzimuth, let otherElevation) = other.kind
        else { return true }
        let turn = abs(azimuth - otherAzimuth).truncatingRemainder(dividingBy: 360)
        return min(turn, 360 - turn) < Self.sameDegrees
            && abs(elevation - otherElevation) < Self.sameDegrees
    }

    func isSameKind(as other: RotctldRequest) -> Bool {
        guard dialect == other.dialect || kind == .dumpState else { return false }
        return switch (kind, other.kind) {
        case (.dumpState, .dumpState), (.getPosition, .getPosition), (.setPosition, .setPosition),
            (.stop, .stop), (.park, .park):
            true
        default: false
        }
    }

    /// The station writes two decimals.
    private static let sameDegrees = 0.01
}
