package import Engine

/// Follows one expectation through a run.
package struct ExpectationMonitor: Sendable {
    package enum State: Sendable, Equatable {
        /// Has not been decided yet.
        case open
        case met
        /// When it failed, and what was seen.
        case failed(at: Instant, seen: String)
    }

    package let expectation: Expectation
    package private(set) var state = State.open
    private let phaseBegins: Instant
    private let ends: Instant
    private let heal: Instant
    private var lastFault: Instant?
    private var lastSeen = "nothing"
    private var wasJudged = false

    package init(_ expectation: Expectation, heal: Duration?, duration: Duration) {
        self.expectation = expectation
        self.heal = Instant.start.advanced(by: heal ?? .zero)
        let from = expectation.from
        let begins = expectation.phase == .healed ? max(from, heal ?? .zero) : from
        phaseBegins = Instant.start.advanced(by: begins)
        ends = Instant.start.advanced(by: expectation.until ?? duration)
    }

    /// Looks at the world at a time; the measures are as of then.
    package mutating func look(at time: Instant, _ values: Measurements) {
        if values[.fault] == 1 { lastFault = time }
        guard case .open = state, time >= phaseBegins, time <= ends, isInPhase(time) else {
            return
        }
        lastSeen = expectation.condition.shown(in: values)
        let holds = expectation.condition.holds(in: values)
        wasJudged = wasJudged || holds != nil
        switch expectation.kind {
        case .always: if holds == false { state = .failed(at: time, seen: lastSeen) }
        case .never: if holds == true { state = .failed(at: time, seen: lastSeen) }
        case .sometimes: if holds == true { state = .met }
        case .eventually:
            if holds == true {
                state = .met
            } else if let within = expectation.within,
                time > phaseBegins.advanced(by: within)
            {
                state = .failed(at: time, seen: lastSeen)
            }
        }
    }

    /// The run is over.
    package mutating func end(at time: Instant) {
        guard case .open = state else { return }
        switch expectation.kind {
        // What could never be looked at has not been kept.
        case .always, .never: if wasJudged { state = .met }
        // One run may miss it; a campaign in which every run does has tested nothing. And a run
        // that ends before the time is over has not decided.
        case .sometimes, .eventually: break
        }
    }

    private func isInPhase(_ time: Instant) -> Bool {
        switch expectation.phase {
        case .always: true
        case .calm: lastFault.map { $0.duration(to: time) > expectation.grace } ?? true
        case .healed: time >= heal
        }
    }
}
