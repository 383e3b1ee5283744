package import Engine

/// A key to the API that belongs to a user. The secret itself is nowhere, only its hash.
package struct AccessToken: Sendable, Equatable {
    package let id: String
    package let user: String
    /// The only organisation that it acts for; nil for all of its user's.
    package let organization: String?
    package let name: String
    package let createdAt: UTCTime
    let hash: SecretHash
    /// Whether the login that made it showed a second factor.
    package var isMFAVerified = false

    /// What tokens from logging in are called.
    static let loginName = "login"
}
