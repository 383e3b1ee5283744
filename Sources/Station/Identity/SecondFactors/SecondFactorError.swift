package import Drivers

/// Why something about a second factor is refused.
package enum SecondFactorError: Error, Sendable, Equatable {
    /// A user who cannot log in has no use for one.
    case noPassword
    /// There is none.
    case noFactor
    /// There is one, so that it takes a proof.
    case needed
    /// The code is another one, or was taken already.
    case wrong
    /// A confirmed one need not be confirmed.
    case isConfirmed
    /// After how long another code is heard.
    case tooManyTries(Duration)
    case passwords(PasswordError)
}
