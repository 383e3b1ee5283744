/// Why a run ended without an exit code or a signal of its command.
package enum SSHError: Error, Sendable, Equatable {
    /// Nobody listens at the address.
    case refused
    /// The host name has no address.
    case unresolvable
    /// Not logged in within the connect time-out.
    case connectTimedOut
    /// The command did not end within the total time-out.
    case commandTimedOut
    /// The device has another key than the expected one; nothing was sent that proves who we are.
    case hostKeyMismatch(found: String)
    /// No key was expected, and this is the one that the device has; see `hostKeyMismatch`.
    case hostKeyUnknown(fingerprint: String)
    /// The device does not accept the user with this password or key.
    case authenticationRefused
    /// The private key cannot be read, or not with this passphrase.
    case keyUnreadable
    /// The private key's passphrase costs more than `SSHLimits.keyRounds`, or an unknown amount.
    case keyTooSlow
    /// A field of the command is empty, too long or has a zero byte.
    case invalidCommand
    /// The device logs the user in but runs no command.
    case commandRefused
    /// The connection broke off.
    case disconnected
    /// The device does not speak SSH, or no algorithm that we do.
    case protocolFailed
    /// The command printed more than `SSHLimits.outputBytes`.
    case outputTooLong
    /// Too many runs wait already.
    case busy
    /// The run was cancelled here.
    case cancelled
    /// The system has no thread left for the edge.
    case noThread
    /// Another error of the system, as `errno`.
    case other(Int32)
}

extension SSHError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused: "nobody listens at that address"
        case .unresolvable: "the host name has no address"
        case .connectTimedOut: "no login within the time allowed"
        case .commandTimedOut: "the command did not end within the time allowed"
        case .hostKeyMismatch(let found): "the device has another host key: \(found)"
        case .hostKeyUnknown(let found): "the device's host key is not known yet: \(found)"
        case .authenticationRefused: "the device refused the user's password or key"
        case .keyUnreadable: "the private key cannot be read with this passphrase"
        case .keyTooSlow:
            "the private key takes too long to unlock; ssh-keygen -p -a 16 makes it quicker"
        case .invalidCommand: "a field of the command is empty, too long or has a zero byte"
        case .commandRefused: "the device refused to run a command"
        case .disconnected: "the connection broke off"
        case .protocolFailed: "the device speaks no SSH that is understood here"
        case .outputTooLong: "the command printed more than is kept"
        case .busy: "too many commands wait already"
        case .cancelled: "the command was cancelled"
        case .noThread: "the system has no thread left"
        case .other(let code): "the connection failed with system error \(code)"
        }
    }
}

extension SSHError {
    init(_ error: LinkError) {
        switch error {
        case .refused: self = .refused
        case .unresolvable: self = .unresolvable
        case .timedOut: self = .connectTimedOut
        case .reset, .ended, .notReading: self = .disconnected
        case .cancelled: self = .cancelled
        case .other(let code): self = .other(code)
        }
    }
}
