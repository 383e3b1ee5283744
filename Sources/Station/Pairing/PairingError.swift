/// Why a call to the pairing sessions was refused.
package enum PairingError: Error, Equatable {
    case unknownSession
    case expiredSession
    /// `StationLimits.liveSessions` are live.
    case tooManySessions
    /// `StationLimits.socketsPerSession` are open.
    case tooManySockets
    case tooManyRequests(retryAfter: Duration)
    /// `StationLimits.deviceDescriptionCharacters`.
    case deviceDescriptionTooLong
}
