package import Drivers
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

    /// Where the rooms of game nights are.
    package enum Rooms: Sendable, Equatable {
        case service(EcastBase)
        /// Rehearsed, without a service.
        case simulated(RehearsedRoom)
    }

    /// A room that every code leads to.
    package struct RehearsedRoom: Sendable, Equatable {
        let fixture: RoomFixture
        /// What the fixture was read from; nil for the demonstration.
        let text: String?

        package static let demonstration = RehearsedRoom(fixture: .demonstration, text: nil)

        private init(fixture: RoomFixture, text: String?) {
            self.fixture = fixture
            self.text = text
        }

        /// - Parameter text: a fixture as in `Fixtures/rooms`.
        package init(_ text: String) throws(RoomFixtureError) {
            self.init(fixture: try RoomFixture(Array(text.utf8)), text: text)
        }
    }

    package var gateway: GatewaySettings
    package var receiver: Receiver
    package var fixedPosition: GeodeticPosition?
    package var limits: StationLimits
    package var rooms = Rooms.service(.publicService)
    /// Whether people may make themselves users.
    package var isRegistrationOpen = true

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
