/// An error code of Hamlib, as rotctld sends it in `RPRT`.
///
/// Source: `enum rig_errcode_e` in Hamlib's `rig.h`, up to 4.7.
package enum RotctldError: Error, Sendable, Hashable {
    case invalidParameter
    case invalidConfiguration
    case outOfMemory
    case notImplemented
    case deviceTimedOut
    case deviceUnreachable
    case internalError
    case deviceProtocol
    case rejected
    case truncated
    case notAvailable
    case notTargetable
    case busError
    case busBusy
    case invalidArgument
    case invalidVFO
    case domainError
    case deprecated
    case security
    case powerOff
    case limitExceeded
    case accessDenied
    /// A code that this program does not know; always negative.
    case unknown(Int)

    /// The known codes; the position is the code's absolute value, less one.
    private static let byCode: [RotctldError] = [
        .invalidParameter, .invalidConfiguration, .outOfMemory, .notImplemented, .deviceTimedOut,
        .deviceUnreachable, .internalError, .deviceProtocol, .rejected, .truncated, .notAvailable,
        .notTargetable, .busError, .busBusy, .invalidArgument, .invalidVFO, .domainError,
        .deprecated, .security, .powerOff, .limitExceeded, .accessDenied,
    ]

    /// The error of a negative `RPRT` code; nil for zero and above.
    package init?(code: Int) {
        guard code < 0 else { return nil }
        let index = -1 - code
        self = Self.byCode.indices.contains(index) ? Self.byCode[index] : .unknown(code)
    }

    /// The code on the wire, negative.
    package var code: Int {
        if case .unknown(let code) = self { return code }
        return -1 - (Self.byCode.firstIndex(of: self) ?? 0)
    }

    /// True when the command was at fault and the line to the rotor works.
    package var isAboutTheCommand: Bool {
        switch self {
        case .invalidParameter, .notImplemented, .rejected, .truncated, .notAvailable,
            .notTargetable, .invalidVFO, .domainError, .deprecated, .security, .powerOff,
            .limitExceeded, .accessDenied:
            true
        case .invalidConfiguration, .outOfMemory, .deviceTimedOut, .deviceUnreachable,
            .internalError, .deviceProtocol, .busError, .busBusy, .invalidArgument, .unknown:
            false
        }
    }
}
