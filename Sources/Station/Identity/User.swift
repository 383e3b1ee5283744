import Drivers
package import Engine

/// A person or program that may act, and with which rights.
package struct User: Sendable, Equatable {
    package let id: String
    /// Unique without regard to case.
    package let email: String
    package let name: String
    package let isSuperuser: Bool
    package let isStaff: Bool
    package let permissions: Set<Permission>
    package let createdAt: UTCTime
    /// Nil for a user who acts with tokens only.
    var passwordHash: PasswordHash?

    package var hasPassword: Bool { passwordHash != nil }

    /// A superuser may do everything.
    package func may(_ permission: Permission) -> Bool {
        isSuperuser || permissions.contains(permission)
    }
}

/// A right by the name under which it is granted.
package struct Permission: Sendable, Hashable {
    package let name: String

    package init(_ name: String) {
        self.name = name
    }

    /// Setting up, pairing and turning rotors.
    package static let operateRotor = Permission("rotor.operate")
    /// Hosting game nights.
    package static let hostGameNight = Permission("game-night.host")
    package static let viewDevice = Permission("config.view_device")
    package static let addDevice = Permission("config.add_device")
    package static let changeDevice = Permission("config.change_device")
    package static let deleteDevice = Permission("config.delete_device")
    package static let viewLocation = Permission("geo.view_location")
    package static let addLocation = Permission("geo.add_location")
    package static let changeLocation = Permission("geo.change_location")
    package static let deleteLocation = Permission("geo.delete_location")
}
