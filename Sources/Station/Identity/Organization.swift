package import Engine

/// Whom things belong to: devices, locations, leases.
package struct Organization: Sendable, Equatable {
    package let id: String
    /// Unique.
    package let name: String
    package let createdAt: UTCTime
}

/// What a user is in an organisation.
package enum Role: String, Sendable, CaseIterable {
    case member
    case readonly
    case manager
    case owner

    /// Whether the role may manage what belongs to the organisation.
    package var manages: Bool { self == .manager || self == .owner }
}

/// One user in one organisation.
package struct Membership: Sendable, Equatable {
    package let organization: String
    package let user: String
    package let role: Role
    package let createdAt: UTCTime
}
