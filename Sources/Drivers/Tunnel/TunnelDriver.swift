package import Engine

/// Knows whether callers come through an encrypted tunnel.
package protocol TunnelDriver: CoreActor {
    /// Looks how an address comes here; `then` is called once, on the core, now or in a later turn.
    func status(
        of address: String, then: @escaping @Sendable (TunnelStatus) -> Void)

    /// What the last look brought; nil before the first one, and where nothing is looked at.
    var lastLook: TunnelLook? { get }
}

/// When a tunnel was looked at, and why that failed if it did.
package struct TunnelLook: Sendable, Equatable {
    package let at: Instant
    package let problem: String?
}

/// How a caller comes here, in the words of the API (004).
package enum TunnelStatus: String, Sendable, Equatable, CaseIterable {
    case encrypted
    /// A peer of the tunnel that has not been heard for so long that its keys are void.
    case stale
    /// Not through the tunnel.
    case none
    /// The tunnel could not be asked.
    case unknown
}
