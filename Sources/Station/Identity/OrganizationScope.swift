/// The organisations whose things somebody may see or change.
package enum OrganizationScope: Sendable, Equatable {
    case all
    case only(Set<String>)

    package func contains(_ organization: String) -> Bool {
        switch self {
        case .all: true
        case .only(let organizations): organizations.contains(organization)
        }
    }
}

/// News that somebody may have lost or won a right; whoever relies on one asks again.
package struct RightsChange: Sendable {}

extension Identity {
    /// Whether the caller belongs to an organisation, as far as the token goes.
    package func acts(_ caller: Caller, for organization: String) -> Bool {
        (caller.boundOrganization.map { $0 == organization } ?? true)
            && (caller.user.isSuperuser || role(of: caller.user.id, in: organization) != nil)
    }

    /// Where the caller may do something that managers do (002); nil for nowhere at all.
    ///
    /// A superuser may everywhere, staff with the permission in the organisations that they manage
    /// or own, and a bound token in its own organisation only.
    ///
    /// - Parameter permits: whether the caller's permissions allow it.
    package func managed(
        by caller: Caller, where permits: (User) -> Bool
    ) -> OrganizationScope? {
        let bound = caller.boundOrganization
        if caller.user.isSuperuser { return bound.map { .only([$0]) } ?? .all }
        guard caller.user.isStaff, permits(caller.user) else { return nil }
        let managed = organizationsManaged(by: caller.user.id)
        return .only(bound.map { managed.intersection([$0]) } ?? managed)
    }
}
