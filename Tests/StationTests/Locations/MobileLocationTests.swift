import Engine
import Pointing
import Testing

@testable import Station

/// Locations in virtual time.
@Suite struct MobileLocationTests {
    private struct World {
        let core: Core
        let locations: Locations

        init(
            _ limits: StationLimits = StationLimits(), store: (any TurnStore)? = nil
        ) {
            core = Core(
                pace: .virtual, seed: 1, utc: UTCTime(nanoseconds: 1_000_000_000_000),
                store: store)
            locations = Locations(
                core: core, limits: limits,
                sources: LocationSources(
                    station: Topic("station"), phones: Topic("phones"),
                    phoneLostAfter: .seconds(10), phoneBacklog: 100))
        }

        func add(isMobile: Bool = true) throws -> MobileLocation {
            try core.perform {
                var description = Location.Description(name: "van")
                description.isMobile = isMobile
                let wanted = description
                return try locations.enter { (locations) throws(LocationError) in
                    try locations.add(wanted, to: "club")
                }
            }
        }

        func see(_ location: MobileLocation, _ longitude: Double, at seconds: Int64? = nil) throws {
            var report = SightingReport(point: try GeoJSONPoint(coordinates: [longitude, 0]))
            report.time = seconds.map { UTCTime(nanoseconds: $0 * 1_000_000_000) }
            core.perform { [report] in location.enter { $0.see(report) } }
            core.run(for: .zero)
        }

        func longitude(_ location: MobileLocation) -> Double? {
            core.perform { location.enter { $0.location.sighting } }?
                .point.position.longitudeDegrees
        }

        func trail(_ location: MobileLocation) -> [Sighting] {
            core.perform { location.enter { $0.trail(since: nil, until: nil) } }
        }
    }

    @Test func `what was measured before the last sighting is kept and not told`() throws {
        let world = World()
        let location = try world.add()
        let ear = Ear(core: world.core)
        world.core.perform { ear.enter { $0.listen(world.locations, about: "club") } }
        try world.see(location, 1, at: 900)
        try world.see(location, 2, at: 800)
        try world.see(location, 3, at: 900)
        #expect(world.longitude(location) == 3)
        #expect(world.core.perform { ear.enter { $0.heard } } == [1, 3])
        #expect(world.trail(location).map(\.point.position.longitudeDegrees) == [2, 1, 3])
    }

    @Test func `a reporter whose clock is ahead does not make all that follow late`() throws {
        let world = World()
        let location = try world.add()
        try world.see(location, 1, at: 5000)
        #expect(world.trail(location).map(\.time.nanoseconds) == [1_000_000_000_000])
        try world.see(location, 2)
        #expect(world.longitude(location) == 2)
    }

    @Test func `what does not move leaves no trail and is no news`() throws {
        let world = World()
        let hut = try world.add(isMobile: false)
        let ear = Ear(core: world.core)
        world.core.perform { ear.enter { $0.listen(world.locations, about: "club") } }
        try world.see(hut, 1)
        #expect(world.longitude(hut) == 1)
        #expect(world.trail(hut) == [])
        #expect(world.core.perform { ear.enter { $0.heard } } == [])
    }

    @Test func `many locations share the room for their trails`() throws {
        var limits = StationLimits()
        limits.trailSightings = 100
        limits.allTrailSightings = 300
        let world = World(limits)
        let first = try world.add()
        func fill(_ location: MobileLocation) throws {
            for index in 0..<200 { try world.see(location, Double(index) / 10) }
        }
        try fill(first)
        // A chunk more than the bound, at the most.
        #expect((100..<132).contains(world.trail(first).count))
        for _ in 0..<9 { _ = try world.add() }
        try fill(first)
        #expect((30..<62).contains(world.trail(first).count))
        #expect(world.longitude(first) == 19.9)
    }

    @Test func `more locations than the bound are refused`() throws {
        var limits = StationLimits()
        limits.locations = 2
        let world = World(limits)
        for _ in 0..<2 { _ = try world.add() }
        #expect(throws: LocationError.tooManyLocations) { _ = try world.add() }
    }
}

private actor Ear: CoreActor {
    nonisolated let core: Core
    var heard: [Double] = []
    private var feed: Subscription<LocationTick>?

    init(core: Core) { self.core = core }

    func listen(_ locations: Locations, about key: String) {
        feed = locations.ticks.subscribe(self, about: key, .everything(limit: 1000)) {
            $0.heard.append($1.location.sighting?.point.position.longitudeDegrees ?? .nan)
        }
    }
}
