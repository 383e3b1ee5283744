import Drivers
import JSON

/// What a command is given: the order for the device, and what may be shown of it.
struct CommandInput: Sendable, Equatable {
    let order: DeviceOrder
    let shown: JSONObject?

    init(
        _ kind: DeviceOrder.Kind, _ json: JSONValue?, _ limits: CommandLimits
    ) throws(CommandError) {
        let fields = try Self.fields(json)
        switch kind {
        case .custom:
            let text = try Self.command(fields, limits)
            order = .custom(text)
            shown = ["command": .string(text)]
        case .changePassword:
            order = .changePassword(try Self.password(fields, limits))
            shown = ["password": .string(ConnectionParameters.hidden)]
        case .point:
            let azimuth = try Self.angle(fields, "azimuth")
            let elevation = try Self.angle(fields, "elevation")
            order = .point(azimuthDegrees: azimuth, elevationDegrees: elevation)
            shown = ["azimuth": .number(azimuth), "elevation": .number(elevation)]
        case .reboot: (order, shown) = (.reboot, nil)
        case .stop: (order, shown) = (.stop, nil)
        case .park: (order, shown) = (.park, nil)
        }
        let known: Set<String> =
            kind == .changePassword
            ? ["password", "confirm_password"] : Set(shown?.members.map(\.key) ?? [])
        if let unknown = fields?.members.first(where: { !known.contains($0.key) }) {
            throw .input("\"\(unknown.key)\" has no place in the input of this type.")
        }
    }

    private static func fields(_ json: JSONValue?) throws(CommandError) -> JSONObject? {
        switch json {
        case nil, .null?: return nil
        case .object(let object)?: return object
        default: throw .input("The input must be an object or null.")
        }
    }

    private static func command(
        _ fields: JSONObject?, _ limits: CommandLimits
    ) throws(CommandError) -> String {
        guard let text = fields?["command"]?.stringValue,
            text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }),
            !text.utf8.contains(0)
        else { throw .input("\"command\" must be a text that is not empty.") }
        guard text.utf8.count <= limits.textBytes else {
            throw .input("\"command\" must have at most \(limits.textBytes) bytes.")
        }
        return text
    }

    private static func password(
        _ fields: JSONObject?, _ limits: CommandLimits
    ) throws(CommandError) -> String {
        let characters = limits.passwordCharacters
        // A line feed would end the password on its way to the device.
        guard let text = fields?["password"]?.stringValue,
            characters.contains(text.unicodeScalars.count),
            text.contains(where: { $0 != " " }),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else {
            throw .input(
                "\"password\" must have \(characters.lowerBound) to \(characters.upperBound) "
                    + "characters, not only spaces, and none that controls.")
        }
        return text
    }

    private static func angle(
        _ fields: JSONObject?, _ key: String
    ) throws(CommandError) -> Double {
        guard let degrees = fields?[key]?.doubleValue, RotctldCommand.isSendable(degrees: degrees)
        else { throw .input("\"\(key)\" must be a number of degrees.") }
        return degrees
    }
}
