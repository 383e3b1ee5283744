/// Who calls, and what the token that was shown is good for.
package struct Caller: Sendable {
    package let user: User
    /// What the token acts for only; nil for every organisation of its user.
    package let boundOrganization: String?
    /// Whether the login that made the token showed a second factor.
    package let isMFAVerified: Bool
}
