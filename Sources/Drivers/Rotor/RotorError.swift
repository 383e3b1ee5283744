/// Why a rotor command was not carried out.
package enum RotorError: Error, Sendable, Equatable {
    /// The rotor answered with an error.
    case refused(RotctldError)
    /// No answer in time; whether it was carried out is not known.
    case timedOut
    /// The connection was lost before the answer; whether it was carried out is not known.
    case disconnected
    /// There was no connection; nothing was sent.
    case notConnected
    /// A newer command, or a stop, took its place before it was sent.
    case superseded
    /// The angles are not finite numbers of a sensible size; nothing was sent.
    case invalidAngle
    /// The answer was not understood; whether it was carried out is not known.
    case unexpectedReply
}

extension RotorError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let error): error.description
        case .timedOut: "the rotor did not answer in time"
        case .disconnected: "the connection to the rotor was lost"
        case .notConnected: "the rotor is not connected"
        case .superseded: "a newer command took its place"
        case .invalidAngle: "the angles are not valid numbers"
        case .unexpectedReply: "the rotor's answer was not understood"
        }
    }
}
