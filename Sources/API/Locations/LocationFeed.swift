import Engine
import JSON
import Station
import Transport

/// Tells the sockets that follow locations what happens to them.
///
/// A tick is encoded once, whatever the number of its sockets. One that cannot keep up gets the
/// latest of each location, and slows nobody.
actor LocationFeed: CoreActor {
    /// What a socket follows.
    enum Following: Sendable, Equatable {
        case location(String)
        case organizations(OrganizationScope)
    }

    nonisolated let core: Core
    private let locations: Locations
    private let send: @Sendable (WebSocketFrame, [UInt64]) -> Void
    private var following: [UInt64: Following] = [:]
    /// Sockets by the location or the organisation that they follow; nil for all.
    private var sockets: [String?: [UInt64]] = [:]
    private var ticks: Subscription<LocationTick>?

    /// - Parameter send: hands one frame to several sockets.
    init(
        core: Core, locations: Locations,
        send: @escaping @Sendable (WebSocketFrame, [UInt64]) -> Void
    ) {
        self.core = core
        self.locations = locations
        self.send = send
    }

    /// Lets a socket follow something, or something else than before.
    func follow(_ following: Following, on socket: UInt64) {
        guard self.following[socket] != following else { return }
        leave(socket)
        self.following[socket] = following
        for key in following.keys { sockets[key, default: []].append(socket) }
        if ticks == nil { listen() }
    }

    func leave(_ socket: UInt64) {
        guard let following = following.removeValue(forKey: socket) else { return }
        for key in following.keys {
            sockets[key]?.removeAll { $0 == socket }
            if sockets[key]?.isEmpty == true { sockets[key] = nil }
        }
        if self.following.isEmpty { ticks = nil }
    }

    private func listen() {
        // What one turn can bring.
        let backlog = Backlog<LocationTick>.everything(limit: core.limits.pendingInputs)
        ticks = locations.ticks.subscribe(self, backlog, onOverflow: { $0.listen() }) {
            $0.tell($1)
        }
    }

    private func tell(_ tick: LocationTick) {
        let location = tick.location
        let keys: [String?] = [nil, location.organization, location.id]
        let listeners = keys.flatMap { sockets[$0] ?? [] }
        guard !listeners.isEmpty else { return }
        send(.text(JSONValue.object(location.message).bytes(), key: tick.number), listeners)
    }
}

extension LocationFeed.Following {
    fileprivate var keys: [String?] {
        switch self {
        case .location(let id): [id]
        case .organizations(.all): [nil]
        case .organizations(.only(let organizations)): organizations.sorted()
        }
    }
}
