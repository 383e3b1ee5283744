import Engine

/// What counts as equal when today's outputs are compared with recorded ones.
package struct MatchRules: Sendable {
    /// A number may differ by this much where its path matches.
    package struct Tolerance: Sendable, Equatable {
        package let path: PathPattern
        /// In the unit of the number there.
        package let within: Double
        /// For reading: `0.1 degree`.
        package let text: String

        package init(path: PathPattern, within: Double, text: String) {
            self.path = path
            self.within = within
            self.text = text
        }
    }

    /// Paths that are not looked at.
    package var ignored: [PathPattern]
    /// The first that matches counts.
    package var tolerances: [Tolerance]
    /// How much earlier or later an output may come.
    package var time: Duration

    /// What differs between two correct runs: the looks of pages; the last digits of angles; what
    /// a timer of a busy machine moves by some milliseconds.
    package static let standard = MatchRules(
        ignored: ["http/*:body_sha256", "http/*:body_bytes"].map { PathPattern($0) },
        tolerances: [
            Tolerance(path: PathPattern("rotctld/*:send"), within: 0.1, text: "0.1 degree"),
            Tolerance(path: PathPattern("*:*azimuth"), within: 0.1, text: "0.1 degree"),
            Tolerance(path: PathPattern("*:*elevation"), within: 0.1, text: "0.1 degree"),
            Tolerance(path: PathPattern("*:*age"), within: 0.05, text: "50 ms"),
            Tolerance(path: PathPattern("*:*_age_seconds"), within: 0.05, text: "50 ms"),
            Tolerance(path: PathPattern("*:*_ns"), within: 50_000_000, text: "50 ms"),
        ],
        time: .milliseconds(50))

    package init(ignored: [PathPattern], tolerances: [Tolerance], time: Duration) {
        self.ignored = ignored
        self.tolerances = tolerances
        self.time = time
    }

    func ignores(_ path: String) -> Bool { ignored.contains { $0.matches(path) } }

    func tolerance(_ path: String) -> Tolerance? { tolerances.first { $0.path.matches(path) } }
}

/// A path through an output, `STREAM:KEY.KEY`, with `*` for any text.
package struct PathPattern: Sendable, Equatable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package func matches(_ path: String) -> Bool {
        Self.matches(Array(text.utf8)[...], Array(path.utf8)[...])
    }

    private static func matches(
        _ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>
    ) -> Bool {
        var pattern = pattern
        var text = text
        // Where to go on when what follows the last star does not fit.
        var retry: (pattern: ArraySlice<UInt8>, text: ArraySlice<UInt8>)?
        while true {
            if let next = pattern.first, next == UInt8(ascii: "*") {
                pattern = pattern.dropFirst()
                retry = (pattern, text)
            } else if let next = pattern.first, let character = text.first, next == character {
                pattern = pattern.dropFirst()
                text = text.dropFirst()
            } else if pattern.isEmpty, text.isEmpty {
                return true
            } else if let before = retry, !before.text.isEmpty {
                retry = (before.pattern, before.text.dropFirst())
                pattern = before.pattern
                text = before.text.dropFirst()
            } else {
                return false
            }
        }
    }
}
