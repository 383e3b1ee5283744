package import Pointing
package import Station

/// Everything that decides how a station behaves, but for its stored state.
package struct StationPlan: Sendable {
    package enum Receiver: Sendable, Equatable {
        case none
        case gpsd(host: String, port: UInt16)
        /// Stands still there.
        case simulated(GeodeticPosition)
    }

    package var gateway: GatewaySettings
    package var receiver: Receiver
    package var fixedPosition: GeodeticPosition?
    package var limits: StationLimits

    package init(
        gateway: GatewaySettings = GatewaySettings(), receiver: Receiver = .none,
        fixedPosition: GeodeticPosition? = nil, limits: StationLimits = StationLimits()
    ) {
        self.gateway = gateway
        self.receiver = receiver
        self.fixedPosition = fixedPosition
        self.limits = limits
    }
}
