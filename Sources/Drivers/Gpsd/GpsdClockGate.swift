package import Engine

/// Tells a damaged time in one report from a receiver whose clock was set.
///
/// A bad sentence can move a report's time by an hour or twenty years; position and time come from
/// the same sentence, so that neither is to be believed.
package struct GpsdClockGate: Sendable, Equatable {
    private struct Sample: Equatable {
        let unixSeconds: Double
        let receivedAt: Instant
    }

    private let toleranceSeconds: Double
    private let confirmations: Int
    private var accepted: Sample?
    private var candidate: Sample?
    private var candidateCount = 0

    package init(toleranceSeconds: Double, confirmations: Int) {
        self.toleranceSeconds = toleranceSeconds
        self.confirmations = confirmations
    }

    /// Whether a report with this time is to be believed.
    package mutating func admits(unixSeconds: Double, at now: Instant) -> Bool {
        let sample = Sample(unixSeconds: unixSeconds, receivedAt: now)
        guard let accepted, !follows(sample, accepted) else {
            accept(sample)
            return true
        }
        if let candidate, follows(sample, candidate) {
            // Several reports of one moment confirm nothing.
            if sample.unixSeconds != candidate.unixSeconds { candidateCount += 1 }
        } else {
            candidateCount = 1
        }
        guard candidateCount < confirmations else {
            accept(sample)
            return true
        }
        candidate = sample
        return false
    }

    private mutating func accept(_ sample: Sample) {
        accepted = sample
        candidate = nil
        candidateCount = 0
    }

    private func follows(_ later: Sample, _ earlier: Sample) -> Bool {
        let elapsed = Double(earlier.receivedAt.duration(to: later.receivedAt).nanoseconds) / 1e9
        let step = later.unixSeconds - earlier.unixSeconds
        return abs(step - elapsed) <= toleranceSeconds
    }
}
