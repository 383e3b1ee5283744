/// What must be true of a run.
package struct Expectation: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// At every look.
        case always
        /// At no look.
        case never
        /// At one look at least: a run in which it never happens has not tested what it should.
        case sometimes
        /// Within a time from its beginning.
        case eventually
    }

    /// When it is looked at.
    package enum Phase: String, Sendable, CaseIterable {
        case always
        /// While no fault is in effect, and `grace` after the last.
        case calm
        /// After the heal.
        case healed
    }

    package var kind: Kind
    package var condition: Condition
    package var phase = Phase.always
    package var from = Duration.zero
    package var until: Duration?
    /// For `eventually`: how long it may take from the beginning of its phase.
    package var within: Duration?
    /// How long the station has to come to rest after a fault, for `calm`.
    package var grace = Duration.seconds(30)

    package init(_ kind: Kind, _ condition: Condition) {
        self.kind = kind
        self.condition = condition
    }

    /// How a failure of it is known again in another run.
    package var name: String {
        var name = "\(kind.rawValue) \(condition.text)"
        if phase != .always { name += " (\(phase.rawValue))" }
        return name
    }
}
