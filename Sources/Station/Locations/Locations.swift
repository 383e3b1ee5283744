package import Engine

/// Every location of every organisation.
package actor Locations: CoreActor {
    package nonisolated let core: Core
    /// What mobile locations tell; about a location or an organisation to whoever wants only that.
    package nonisolated let ticks = Topic<LocationTick>("location.tick")
    private let limits: StationLimits
    private let sources: LocationSources
    private var ids: UniqueIDs
    private var locations: [String: MobileLocation] = [:]
    private var lastNumber: UInt64 = 0

    init(core: Core, limits: StationLimits, sources: LocationSources) {
        self.core = core
        self.limits = limits
        self.sources = sources
        ids = UniqueIDs(core: core, purpose: "locations")
    }

    /// - Parameters:
    ///   - rows: in the order of their creation.
    ///   - trails: in the order of their chunks.
    package func start(_ rows: [StoreRow], trails: [StoreRow]) {
        var chunks: [String: [(number: Int64, sightings: [Sighting])]] = [:]
        for row in trails {
            guard let id = row.text("location_id"), let number = row.integer("chunk"),
                let sightings = row.blob("sightings").flatMap(Sighting.unpack)
            else { continue }
            chunks[id, default: []].append((number, sightings))
        }
        for (location, source) in rows.compactMap(Location.stored) {
            run(location).enter { $0.start(chunks[location.id] ?? [], source) }
        }
    }

    // MARK: Reading

    /// Newest first.
    package func all(in scope: OrganizationScope) -> [MobileLocation] {
        locations.values.map { ($0, $0.enter { $0.location }) }
            .filter { scope.contains($0.1.organization) }
            .sorted { ($0.1.createdAt, $0.1.id) > ($1.1.createdAt, $1.1.id) }
            .map(\.0)
    }

    package func location(_ id: String) -> MobileLocation? { locations[id] }

    // MARK: Changing

    package func add(
        _ description: Location.Description, to organization: String
    ) throws(LocationError) -> MobileLocation {
        try check(description)
        guard locations.count < limits.locations else { throw .tooManyLocations }
        let now = core.utc
        let location = run(
            Location(
                id: ids.next { locations[$0] != nil }, organization: organization, createdAt: now,
                description: description, describedAt: now))
        location.enter { $0.save() }
        return location
    }

    package func check(_ description: Location.Description) throws(LocationError) {
        let bound = limits.locationTextCharacters
        guard description.name.isPlainText(atMost: bound), !description.name.isEmpty else {
            throw .invalid(field: "name", characters: bound)
        }
        guard description.address.isPlainText(atMost: bound) else {
            throw .invalid(field: "address", characters: bound)
        }
    }

    package func delete(_ id: String) throws(LocationError) {
        guard let location = locations.removeValue(forKey: id) else { throw .unknownLocation }
        location.enter { $0.close() }
        core.write(.delete(table: "locations", key: ["id": .text(id)]))
        core.write(.delete(table: "location_trails", key: ["location_id": .text(id)]))
    }

    private func run(_ location: Location) -> MobileLocation {
        lastNumber += 1
        let actor = MobileLocation(
            core: core, number: lastNumber, location, ticks: ticks, sources: sources,
            trailLimit: { [weak self] in self?.enter { $0.trailLimit } ?? 0 })
        locations[location.id] = actor
        return actor
    }

    /// All locations together stay within a bound of memory; each has the same share of it.
    private var trailLimit: Int {
        min(limits.trailSightings, limits.allTrailSightings / max(1, locations.count))
    }
}
