/// The bounds of identity, which is kept in memory: together a few megabytes.
package struct IdentityLimits: Sendable {
    /// A station has operators, not customers.
    package var users = 10_000
    package var organizations = 1000
    package var tokens = 50_000
    /// Characters of an e-mail address (RFC 5321 §4.5.3.1.3 allows a path of 256 with brackets).
    package var emailCharacters = 254
    /// Characters of any name that people give.
    package var nameCharacters = 200
    /// Permissions of one user: the documents name about ten.
    package var permissions = 100
    /// Tokens of one user from logging in; the oldest goes when there is one more. A person has a
    /// few devices and loses some.
    package var loginTokens = 20
    /// Tries to log in from one address: a school behind one router may all come at once.
    package var loginsPerMinuteAndAddress = 30
    /// Tries to log in as one user. What six characters of a password can be takes centuries.
    package var loginsPerMinuteAndUser = 10
    /// Wrong codes of a second factor that are heard of one user in a period; recovery codes are
    /// always. Three of a million are right at a time: who knows the password and tries all year
    /// gets in with a chance of two in a hundred.
    package var wrongCodes = 20
    package var wrongCodesPeriod = Duration.seconds(24 * 3600)
    /// Users that may be made from one address where everybody may: a class signs up at once.
    package var registrationsPerMinute = 30
    /// Addresses and users whose tries are remembered.
    package var rateLimitedLogins = 4096

    package init() {}
}
