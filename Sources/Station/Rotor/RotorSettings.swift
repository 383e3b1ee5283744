package import Pointing

/// How a rotor is reached and how far it turns: what the operator sets.
package struct RotorSettings: Sendable, Equatable {
    package enum Driver: String, Sendable, CaseIterable {
        case rotctld
        case simulated
    }

    package let name: String
    package let driver: Driver
    package let host: String
    package let port: UInt16
    package let geometry: RotorGeometry

    package init(
        name: String, driver: Driver = .rotctld, host: String = "127.0.0.1", port: UInt16 = 4533,
        geometry: RotorGeometry
    ) {
        self.name = name
        self.driver = driver
        self.host = host
        self.port = port
        self.geometry = geometry
    }
}
