/// A second factor as it is told its owner, once.
package struct FactorEnrolment: Sendable, Equatable {
    /// In base32, as authenticators take it.
    package let secret: String
    package let recoveryCodes: [String]
    /// Whose it is, in the words of people.
    package let account: String
}
