import Engine

/// Who has a rotor's device to themselves.
struct Lessee: Sendable, Equatable {
    /// The user's id.
    let user: String
    /// As people know them.
    let email: String
    let since: UTCTime
}

/// Says who has which device to themselves.
struct Lessees: Sendable {
    let leases: Leases
    let identity: Identity

    func lessee(of device: String) -> Lessee? {
        guard let lease = leases.enter({ $0.holder(of: device) }) else { return nil }
        let email = identity.enter { try? $0.user(named: lease.user) }?.email
        return Lessee(user: lease.user, email: email ?? lease.user, since: lease.createdAt)
    }
}
