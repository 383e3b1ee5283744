/// What a device is told to do.
package enum DeviceOrder: Sendable, Equatable {
    /// Text in the device's own language: a shell's, or rotctl's.
    case custom(String)
    case reboot
    /// The new password of the user that the connection logs in as.
    case changePassword(String)
    case point(azimuthDegrees: Double, elevationDegrees: Double)
    case stop
    case park
}

extension DeviceOrder {
    /// The kinds by the names under which they are asked for.
    package enum Kind: String, Sendable, CaseIterable {
        case custom
        case reboot
        case changePassword = "change_password"
        case point
        case stop
        case park
    }

    package var kind: Kind {
        switch self {
        case .custom: .custom
        case .reboot: .reboot
        case .changePassword: .changePassword
        case .point: .point
        case .stop: .stop
        case .park: .park
        }
    }
}

extension DeviceOrder: CustomStringConvertible, CustomDebugStringConvertible {
    /// The kind alone: an order may hold a password.
    package var description: String { kind.rawValue }
    package var debugDescription: String { description }
}
