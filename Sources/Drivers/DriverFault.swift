/// Why a device cannot be used, or only in part.
package enum DriverFault: Error, Sendable, Equatable {
    /// The connection could not be made, or ended.
    case link(LinkError)
    /// Somebody accepted the connection but did not open the conversation.
    case noGreeting
    /// A command got no answer in time; the connection was given up.
    case replyTimedOut
    /// The answer does not follow the protocol.
    case unexpectedReply
    /// The rotor, or the line to it, reports an error of its own.
    case rotor(RotctldError)
    /// gpsd runs, but has no receiver.
    case noReceiver
    /// gpsd has sent no position report for a short while.
    case stale
    /// gpsd has sent no position report for so long that the receiver counts as gone.
    case silent
}

extension DriverFault: CustomStringConvertible {
    /// One sentence for the operator: what is wrong and, where it is known, what helps.
    package var description: String {
        switch self {
        case .link(let error): error.description
        case .noGreeting: "connected, but the other side does not speak the expected protocol"
        case .replyTimedOut: "a command was not answered in time"
        case .unexpectedReply: "the answer was not understood"
        case .rotor(let error): error.description
        case .noReceiver: "gpsd has no receiver; add one with gpsdctl, or plug it in"
        case .stale: "gpsd has sent no position report for some seconds"
        case .silent:
            "gpsd sends no position reports; a receiver that was plugged in again is only "
                + "found after 'gpsdctl remove' and 'gpsdctl add', or a restart of gpsd"
        }
    }
}
