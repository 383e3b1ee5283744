/// A command to rotctld.
///
/// Source: the manual page rotctld(1), "Commands" and "Extended Response Protocol".
package enum RotctldCommand: Sendable, Equatable {
    /// Asks for model and limits; always in the plain form, which all versions answer alike.
    case dumpState
    case getPosition
    /// Both angles must pass `isSendable`.
    case setPosition(azimuthDegrees: Double, elevationDegrees: Double)
    case stop
    case park

    /// The largest angle that is sent. No rotor turns ten times round, and more digits than these
    /// would be cut by rotctld.
    package static let largestAngleDegrees = 3600.0

    /// Whether an angle can be written for rotctld.
    package static func isSendable(degrees: Double) -> Bool {
        degrees.isFinite && abs(degrees) <= largestAngleDegrees
    }

    /// The long name, as in `\get_pos` and in the first line of an extended answer.
    var name: String {
        switch self {
        case .dumpState: "dump_state"
        case .getPosition: "get_pos"
        case .setPosition: "set_pos"
        case .stop: "stop"
        case .park: "park"
        }
    }

    /// The whole line, to be written at once: rotctld acts on half lines when the link ends.
    package func bytes(in dialect: RotctldDialect) -> [UInt8] {
        var text: String
        switch dialect {
        case .extended: text = self == .dumpState ? "\\" + name : "+\\" + name
        case .plain: text = shortForm
        }
        if case .setPosition(let azimuth, let elevation) = self {
            text += " " + TwoDecimals.text(azimuth) + " " + TwoDecimals.text(elevation)
        }
        return Array((text + "\n").utf8)
    }

    /// What the simplest imitations know; they often lack the long names.
    private var shortForm: String {
        switch self {
        case .dumpState: "\\dump_state"
        case .getPosition: "p"
        case .setPosition: "P"
        case .stop: "S"
        case .park: "K"
        }
    }
}
