package import Engine

/// A station without a tunnel: nobody comes through one.
package actor NoTunnel: TunnelDriver {
    package nonisolated let core: Core

    package init(core: Core) {
        self.core = core
    }

    package func status(
        of address: String, then: @escaping @Sendable (TunnelStatus) -> Void
    ) {
        then(.none)
    }

    package var lastLook: TunnelLook? { nil }
}
