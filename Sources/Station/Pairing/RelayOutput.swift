/// A message on its way to peers, exactly as it came.
package struct RelayFrame: Sendable, Equatable {
    package enum Format: Sendable {
        case text
        case binary
    }

    package let format: Format
    package let bytes: [UInt8]

    package init(_ format: Format, _ bytes: [UInt8]) {
        self.format = format
        self.bytes = bytes
    }
}

/// What a pairing session wants done with sockets.
package enum RelayOutput: Sendable {
    /// One frame for several peers; whoever performs this encodes it once.
    case deliver(RelayFrame, to: [PeerID])
    case close([PeerID], code: UInt16, reason: String)
}
