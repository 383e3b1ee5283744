/// A complete answer of rotctld to one command.
package enum RotctldReply: Sendable, Equatable {
    case state(RotorCapabilities)
    case position(azimuthDegrees: Double, elevationDegrees: Double)
    /// `RPRT 0`.
    case done
    /// `RPRT` with a negative code.
    case refused(RotctldError)
}

/// Why bytes are not the answer that was waited for.
package enum RotctldReplyError: Error, Sendable, Equatable {
    /// A line longer than `RotctldLimits.lineBytes`.
    case lineTooLong
    /// An answer longer than `RotctldLimits.replyBytes`.
    case replyTooLong
    /// Bytes that no command asked for.
    case unsolicited
    /// A line that has no place in the answer.
    case unexpectedLine(String)
}
