import Drivers
import Engine
import JSON
import Station

extension Command {
    /// The documented members in the documented order.
    ///
    /// - Parameter isConnected: whether its connection still is there.
    func json(isConnected: Bool) -> JSONObject {
        [
            "id": .string(id), "device": .string(device),
            "connection": isConnected ? .string(connection) : .null,
            "type": .string(kind.displayName),
            "input": input.map { .object($0) } ?? .null,
            "output": .string(output), "status": .string(status.rawValue),
            "created": .string(createdAt.text(.microsecondsIfAny)),
            "modified": .string(modifiedAt.text(.microsecondsIfAny)),
        ]
    }
}

extension DeviceOrder.Kind {
    /// The names are the document's and the contract's.
    var displayName: String {
        switch self {
        case .custom: "Custom Command"
        case .reboot: "Reboot"
        case .changePassword: "Change Password"
        case .point: "Point Rotor"
        case .stop: "Stop Rotor"
        case .park: "Park Rotor"
        }
    }
}
