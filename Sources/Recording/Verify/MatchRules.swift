import Engine

/// What counts as equal when today's outputs are compared with recorded ones.
package struct MatchRules: Sendable {
    /// A number may differ by this much where its path matches.
    package struct Tolerance: Sendable, Equatable {
        package let path: WildcardPattern
        /// In the unit of the number there.
        package let within: Double
        /// For reading: `0.1 degree`.
        package let text: String

        package init(path: WildcardPattern, within: Double, text: String) {
            self.path = path
            self.within = within
            self.text = text
        }
    }

    /// Paths that are not looked at.
    package var ignored: [WildcardPattern]
    /// The first that matches counts.
    package var tolerances: [Tolerance]
    /// How much earlier or later an output may come.
    package var time: Duration

    /// What differs between two correct runs: the looks of pages; the last digits of angles; what
    /// a timer of a busy machine moves by some milliseconds.
    package static let standard = MatchRules(
        ignored: ["http/*:body_sha256", "http/*:body_bytes"].map { WildcardPattern($0) },
        tolerances: [
            Tolerance(path: WildcardPattern("rotctld/*:send"), within: 0.1, text: "0.1 degree"),
            Tolerance(path: WildcardPattern("*:*azimuth"), within: 0.1, text: "0.1 degree"),
            Tolerance(path: WildcardPattern("*:*elevation"), within: 0.1, text: "0.1 degree"),
            Tolerance(path: WildcardPattern("*:*age"), within: 0.05, text: "50 ms"),
            Tolerance(path: WildcardPattern("*:*_age_seconds"), within: 0.05, text: "50 ms"),
            Tolerance(path: WildcardPattern("*:*_ns"), within: 50_000_000, text: "50 ms"),
        ],
        time: .milliseconds(50))

    package init(ignored: [WildcardPattern], tolerances: [Tolerance], time: Duration) {
        self.ignored = ignored
        self.tolerances = tolerances
        self.time = time
    }

    func ignores(_ path: String) -> Bool { ignored.contains { $0.matches(path) } }

    func tolerance(_ path: String) -> Tolerance? { tolerances.first { $0.path.matches(path) } }
}
