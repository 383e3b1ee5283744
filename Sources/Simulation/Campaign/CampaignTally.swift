import Engine

/// What one run of a campaign came to.
package struct CampaignRun: Sendable, Equatable {
    package let seed: UInt64
    package let events: UInt64
    /// How a failure is known again; nil when there was none.
    package let signature: String?
    /// What was seen at the failure.
    package let detail: String
    /// Every `sometimes` of the scenario, and whether it happened.
    package let sometimes: [String: Bool]

    package init(
        seed: UInt64, events: UInt64, signature: String?, detail: String,
        sometimes: [String: Bool]
    ) {
        self.seed = seed
        self.events = events
        self.signature = signature
        self.detail = detail
        self.sometimes = sometimes
    }

    package init(_ result: SimulationResult) {
        var sometimes: [String: Bool] = [:]
        for (expectation, state) in result.expectations where expectation.kind == .sometimes {
            sometimes[expectation.name] = state == .met
        }
        let failure = result.failure
        self.init(
            seed: result.seed, events: result.events, signature: failure?.name,
            detail: failure.map { "at \($0.at.nanoseconds / 1_000_000) ms: \($0.seen)" } ?? "",
            sometimes: sometimes)
    }
}

/// What a campaign has found so far.
package struct CampaignTally: Sendable {
    /// All failures of one signature.
    package struct Group: Sendable, Equatable {
        package let signature: String
        package private(set) var count = 0
        /// The first ones, as a proof and for trying again.
        package private(set) var seeds: [UInt64] = []
        /// The run with the fewest events, which is the quickest to look at and to shrink.
        package private(set) var shortest: CampaignRun

        fileprivate init(_ run: CampaignRun, _ signature: String) {
            self.signature = signature
            shortest = run
        }

        fileprivate mutating func add(_ run: CampaignRun) {
            count += 1
            if seeds.count < Self.shownSeeds { seeds.append(run.seed) }
            if (run.events, run.seed) < (shortest.events, shortest.seed) { shortest = run }
        }

        /// More would only repeat the same.
        private static let shownSeeds = 5
    }

    package private(set) var runs = 0
    package private(set) var events: UInt64 = 0
    /// In the order of their names.
    package var failures: [Group] { groups.values.sorted { $0.signature < $1.signature } }
    private var groups: [String: Group] = [:]
    private var happened: [String: Int] = [:]

    package init() {}

    package mutating func add(_ run: CampaignRun) {
        runs += 1
        events &+= run.events
        for (name, isMet) in run.sometimes { happened[name, default: 0] += isMet ? 1 : 0 }
        guard let signature = run.signature else { return }
        groups[signature, default: Group(run, signature)].add(run)
    }

    /// What should sometimes happen and did in no run: then the campaign has not tested it.
    package var neverHappened: [String] {
        happened.filter { $0.value == 0 }.map(\.key).sorted()
    }
}
