package import Engine
import Pointing

/// One location: where it is, the trail that it left, and whom it follows.
///
/// All updates are the same, whoever sends them: a request, a device, a paired phone, the station's
/// receiver. While the location is mobile each is kept in the trail and told on the bus.
package actor MobileLocation: CoreActor {
    package nonisolated let core: Core
    /// Its number in this process.
    nonisolated let number: UInt64
    package private(set) var location: Location
    package private(set) var source: LocationSource?
    private var trail = Trail()
    private let ticks: Topic<LocationTick>
    private let sources: LocationSources
    /// How many sightings each location may keep now.
    private let trailLimit: @Sendable () -> Int
    private var stationFeed: Subscription<StationFix>?
    private var phoneFeed: Subscription<PhoneSighting>?
    private var phone = FollowedPhone()

    init(
        core: Core, number: UInt64, _ location: Location, ticks: Topic<LocationTick>,
        sources: LocationSources, trailLimit: @escaping @Sendable () -> Int
    ) {
        self.core = core
        self.number = number
        self.location = location
        self.ticks = ticks
        self.sources = sources
        self.trailLimit = trailLimit
    }

    /// Takes over what was stored of the trail, in order, and follows its source again.
    func start(_ chunks: [(number: Int64, sightings: [Sighting])], _ source: LocationSource?) {
        for chunk in chunks { trail.append(chunk: chunk.sightings, number: chunk.number) }
        // Without a sighting of its own it was lost after the trail.
        if location.sighting != nil, location.description.isMobile {
            for sighting in trail.all { advance(to: sighting) }
        }
        if let source { listen(to: source) }
    }

    // MARK: Updates

    /// Takes over where it was seen; what is older than the last sighting is kept and not told.
    package func see(_ report: SightingReport) {
        let now = core.utc
        // A clock ahead of the station's must not make everything that follows look late.
        let time = report.time.map { min($0, now) } ?? max(now, location.sighting?.time ?? now)
        let sighting = Sighting(
            point: report.point, accuracyMeters: report.accuracyMeters, time: time)
        guard location.description.isMobile else {
            advance(to: sighting)
            return save()
        }
        let isFirst = location.sighting == nil
        trail.append(sighting)
        let isNews = advance(to: sighting)
        saveTrail()
        if isFirst { save() }
        guard isNews else { return }
        let tick = LocationTick(location: location, number: number)
        ticks.publish(tick, about: tick.keys)
    }

    @discardableResult
    private func advance(to sighting: Sighting) -> Bool {
        if let last = location.sighting, sighting.time < last.time { return false }
        location.sighting = sighting
        return true
    }

    /// Where it was in a time, oldest first.
    package func trail(since: UTCTime?, until: UTCTime?) -> [Sighting] {
        trail.sightings(since: since, until: until)
    }

    // MARK: Changes

    /// Changes what is said of it; what does not move any more follows nobody.
    package func describe(_ description: Location.Description) {
        location.description = description
        location.describedAt = core.utc
        if !description.isMobile { listen(to: nil) }
        save()
    }

    /// Where it is is not known any more.
    package func lose() {
        location.sighting = nil
        location.describedAt = core.utc
        save()
    }

    /// Follows another source, or nobody.
    package func follow(_ source: LocationSource?) throws(LocationError) {
        guard location.description.isMobile || source == nil else { throw .isNotMobile }
        listen(to: source)
        save()
    }

    func save() {
        core.write(.put(table: "locations", row: location.row(source)))
    }

    private func saveTrail() {
        while let chunk = trail.dropChunk(keeping: trailLimit()) {
            core.write(
                .delete(
                    table: "location_trails",
                    key: ["location_id": .text(location.id), "chunk": .integer(chunk)]))
            // The chunk may have held the newest time, when older ones came late.
            save()
        }
        let (number, sightings) = trail.newestChunk
        core.write(
            .put(
                table: "location_trails",
                row: [
                    "location_id": .text(location.id), "chunk": .integer(number),
                    "sightings": .blob(Sighting.pack(sightings)),
                ]))
    }

    // MARK: Sources

    private func listen(to source: LocationSource?) {
        self.source = source
        stationFeed = nil
        phoneFeed = nil
        phone = FollowedPhone()
        switch source {
        case nil: break
        case .station:
            stationFeed = sources.station.subscribe(self, .latest(limit: 1) { _ in 0 }) {
                if let report = SightingReport($1) { $0.see(report) }
            }
        case .session(let hash):
            phoneFeed = sources.phones.subscribe(
                self, about: hash.text, .everything(limit: sources.phoneBacklog)
            ) { $0.hear($1) }
        }
    }

    private func hear(_ news: PhoneSighting) {
        let counts = phone.locate(
            news.phone, from: news.peer, now: core.now, lostAfter: sources.phoneLostAfter)
        if counts { see(SightingReport(news.phone)) }
    }

    /// Hears no more; the location was deleted.
    func close() {
        listen(to: nil)
    }
}

/// Whom a location can follow.
struct LocationSources: Sendable {
    let station: Topic<StationFix>
    let phones: Topic<PhoneSighting>
    /// When another phone of the session may take over.
    let phoneLostAfter: Duration
    /// All that phones can say in one turn of the core.
    let phoneBacklog: Int
}

extension SightingReport {
    fileprivate init?(_ fix: StationFix) {
        guard let position = fix.position else { return nil }
        self.init(point: .init(position))
    }

    fileprivate init(_ phone: PhoneLocation) {
        self.init(point: .init(phone.position), accuracyMeters: phone.accuracyMeters)
    }
}
