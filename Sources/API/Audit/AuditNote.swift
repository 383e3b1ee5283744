import Station

/// What a route knows better about a request than its method and path say it.
struct AuditNote: Sendable {
    /// Who it is who calls, where no token tells.
    var user: User?
    /// Instead of the operation's name.
    var action: String?
    var resource: String?
    var details: String?
    var device: String?
    var session: String?
    var organization: String?
    var endReason: String?
    /// Nothing worth keeping has happened, such as a position that has a trail of its own.
    var isSilent = false
}
