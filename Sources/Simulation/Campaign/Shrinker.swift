import Engine

/// Makes a failing scenario smaller while it still fails in the same way.
///
/// Only asks whether a candidate fails; who answers may run it here or in another process.
package struct Shrinker {
    /// The smallest scenario so far that fails.
    package private(set) var smallest: Scenario
    /// Candidates that were run.
    package private(set) var attempts = 0
    private let mostAttempts: Int
    private let fails: (Scenario) -> Bool

    /// - Parameters:
    ///   - scenario: concrete, and known to fail.
    ///   - mostAttempts: how many candidates may be run.
    ///   - fails: whether a candidate fails with the same signature.
    package init(
        _ scenario: Scenario, mostAttempts: Int = 400, fails: @escaping (Scenario) -> Bool
    ) {
        smallest = scenario
        self.mostAttempts = mostAttempts
        self.fails = fails
    }

    /// What a person has to read to understand the case: faults, steps and phones.
    package static func inputs(of scenario: Scenario) -> Int {
        scenario.faults.count + scenario.workload.count + scenario.phones.count
    }

    /// Shrinks until nothing helps any more, or the attempts are used up.
    ///
    /// - Parameters:
    ///   - signature: what the failure is called.
    ///   - failedAt: when it showed.
    package mutating func shrink(signature: String, failedAt: Duration) {
        keep { $0.expectations.removeAll { $0.name != signature } }
        cutTail(after: failedAt)
        var before: Scenario
        repeat {
            before = smallest
            remove(\.faults)
            remove(\.workload)
            removePhones()
            removeRooms()
            shortenFaults()
            moveForward()
            calm()
        } while smallest != before && attempts < mostAttempts
    }

    /// Takes a change over when the result still fails; false when it does not, or changes nothing.
    @discardableResult
    private mutating func keep(_ change: (inout Scenario) -> Void) -> Bool {
        var candidate = smallest
        change(&candidate)
        guard candidate != smallest, attempts < mostAttempts else { return false }
        attempts += 1
        guard fails(candidate) else { return false }
        smallest = candidate
        return true
    }

    private mutating func cutTail(after time: Duration) {
        keep { scenario in
            scenario.duration = min(scenario.duration, time + scenario.sample * 2)
            if let heal = scenario.heal { scenario.heal = min(heal, scenario.duration) }
            scenario.faults.removeAll { $0.at > scenario.duration }
            // A file with a fault that outlasts the heal could not be read back.
            for index in scenario.faults.indices {
                guard let heal = scenario.heal, scenario.faults[index].end > heal else { continue }
                scenario.faults[index].lasts = max(.zero, heal - scenario.faults[index].at)
            }
            scenario.workload.removeAll { $0.at > scenario.duration }
        }
    }

    /// Removes halves, then quarters, then single elements (Zeller's ddmin).
    private mutating func remove<Element>(_ list: WritableKeyPath<Scenario, [Element]>) {
        var size = smallest[keyPath: list].count
        while size > 0 {
            var start = 0
            while start < smallest[keyPath: list].count {
                let end = min(start + size, smallest[keyPath: list].count)
                if !keep({ $0[keyPath: list].removeSubrange(start..<end) }) { start = end }
            }
            size /= 2
        }
    }

    /// A phone goes together with what it does and suffers; the first one is what is followed.
    private mutating func removePhones() {
        for phone in smallest.phones.dropFirst().map(\.name) {
            keep { scenario in
                scenario.phones.removeAll { $0.name == phone }
                scenario.faults.removeAll { $0.phone == phone }
                scenario.workload.removeAll { $0.phone == phone }
            }
        }
    }

    /// One stays: what happens to rooms needs some.
    private mutating func removeRooms() {
        for room in smallest.rooms.dropFirst().map(\.code) {
            keep { $0.rooms.removeAll { $0.code == room } }
        }
    }

    private mutating func shortenFaults() {
        for index in smallest.faults.indices {
            while keep({ scenario in
                guard scenario.faults.indices.contains(index) else { return }
                let lasts = scenario.faults[index].lasts
                if lasts > .seconds(1) {
                    scenario.faults[index].lasts = .seconds(
                        Int64(lasts.nanoseconds / 2_000_000_000))
                }
            }) {}
            keep { scenario in
                if scenario.faults.indices.contains(index) { scenario.faults[index].amount = nil }
            }
        }
    }

    /// Cuts out idle time before the first fault or step, and between them.
    private mutating func moveForward() {
        for pause in pauses() {
            keep { scenario in scenario.cut(from: pause.lowerBound, to: pause.upperBound) }
        }
    }

    /// Long stretches in which nothing is planned, the last first.
    private func pauses() -> [Range<Duration>] {
        let moments =
            ([Self.settling] + smallest.faults.flatMap { [$0.at, $0.end] }
            + smallest.workload.map(\.at) + [smallest.heal ?? smallest.duration]).sorted()
        return zip(moments, moments.dropFirst()).filter { $1 - $0 > .seconds(4) }
            .map { ($0 + .seconds(1))..<($1 - .seconds(1)) }.reversed()
    }

    /// What a station needs to begin its work.
    private static let settling = Duration.seconds(10)

    /// Fewer oddities: the order of arrival, still networks, a receiver without noise.
    private mutating func calm() {
        keep { $0.schedule = .arrival }
        keep { $0.station.noiseMeters = 0 }
        for index in smallest.phones.indices {
            keep { scenario in
                scenario.phones[index].loss = 0
                scenario.phones[index].jitter = .zero
                scenario.phones[index].noiseMeters = 0
                scenario.phones[index].clock = .zero
            }
            keep { scenario in
                let points = scenario.phones[index].path.points
                scenario.phones[index].path = TripPath(points: Array(points.prefix(1)))
            }
        }
        keep { scenario in
            scenario.station.path = TripPath(points: Array(scenario.station.path.points.prefix(1)))
        }
    }
}

extension WorkloadStep {
    /// Whose step it is; nil for the operator.
    var phone: String? {
        switch action {
        case .mode(_, let phone), .target(_, _, let phone): phone
        case .request, .watch, .say, .deaf: nil
        }
    }
}

extension Scenario {
    /// Takes a stretch of time out: what was planned after it comes so much earlier.
    fileprivate mutating func cut(from start: Duration, to end: Duration) {
        let length = end - start
        func moved(_ time: Duration) -> Duration { time >= end ? time - length : time }
        duration = moved(duration)
        heal = heal.map(moved)
        for index in faults.indices {
            let ends = moved(faults[index].end)
            faults[index].at = moved(faults[index].at)
            faults[index].lasts = max(.zero, ends - faults[index].at)
        }
        for index in workload.indices { workload[index].at = moved(workload[index].at) }
        for index in expectations.indices {
            expectations[index].from = moved(expectations[index].from)
            expectations[index].until = expectations[index].until.map(moved)
        }
    }
}
