import Drivers
import Engine
package import JSON

/// One concrete run out of a scenario: what a seed decides is decided.
extension Scenario {
    /// Reads a scenario's tree with its variations drawn from the seed, and draws its chaos.
    package static func drawn(
        _ tree: JSON5Node, overrides: [(path: String, value: String)], seed: UInt64
    ) throws(ScenarioError) -> Scenario {
        let written = try Scenario(tree, overrides: overrides)
        var random = SeededRandom(seed: seed, purpose: "variations")
        let draws = written.vary.map { variation in
            (path: variation.path, value: variation.draw(&random))
        }
        // What the command line says counts more than a draw.
        var drawn = try Scenario(tree, overrides: draws + overrides)
        drawn.vary = []
        drawn.seed = seed
        if drawn.schedule == .any {
            let choices: [ScheduleChoice] = [.arrival, .random, .priorities]
            drawn.schedule = choices[Int(random.unit() * Double(choices.count))]
        }
        drawn.drawChaos(seed: seed)
        return drawn
    }

    /// Replaces `chaos` by the faults that it comes to.
    package mutating func drawChaos(seed: UInt64) {
        guard let chaos else { return }
        self.chaos = nil
        var random = SeededRandom(seed: seed, purpose: "chaos")
        // A subset of the kinds: what is left out lets the rest go deeper (swarm testing).
        let chosen = chaos.kinds.filter { _ in random.unit() < 0.5 }
        let kinds = chosen.isEmpty ? chaos.kinds : chosen
        guard !kinds.isEmpty, chaos.perHour > 0 else { return }
        let end = heal ?? duration
        var time = chaos.from
        let mean = 3600 / chaos.perHour
        while faults.count < Self.mostFaults {
            // Twice a uniform draw has the same mean as the exponential, without a logarithm, whose
            // last bits differ between machines.
            time += .nanoseconds(Int64(random.unit() * 2 * mean * 1e9))
            guard time < end else { break }
            let kind = kinds[Int(random.unit() * Double(kinds.count))]
            let span = Double((chaos.longest - chaos.shortest).nanoseconds)
            var lasts = chaos.shortest + .nanoseconds(Int64(random.unit() * span))
            lasts = min(lasts, end - time)
            let amount = kind.drawnAmount(&random)
            let phone =
                kind.isOfPhone && !phones.isEmpty
                ? phones[Int(random.unit() * Double(phones.count))].name : nil
            faults.append(
                Fault(
                    kind, at: time, lasts: kind.isInstant ? .zero : lasts, amount: amount,
                    phone: phone))
        }
        faults.sort { $0.at < $1.at }
    }

    /// More faults than this in one run only hide each other.
    private static let mostFaults = 10_000
}

extension FaultKind {
    /// Between half of what is usual and half more; nil for a fault that has no strength.
    fileprivate func drawnAmount(_ random: inout SeededRandom) -> Double? {
        guard let usual = usualAmount, let amounts else { return nil }
        if self == .rotorRefuses { return usual }
        let drawn = ((usual * (0.5 + random.unit())) * 100).rounded() / 100
        // Clocks are set forward and back.
        let isBack = self == .clockStep && random.unit() < 0.5
        return min(max(isBack ? -drawn : drawn, amounts.lowerBound), amounts.upperBound)
    }
}

extension Variation {
    /// A value between the ends, in their unit.
    fileprivate func draw(_ random: inout SeededRandom) -> String {
        let part = random.unit()
        if let low = WrittenTime.duration(low), let high = WrittenTime.duration(high) {
            let span = Double((high - low).nanoseconds)
            let micros = ((Double(low.nanoseconds) + span * part) / 1000).rounded()
            return "\"" + WrittenTime.text(.nanoseconds(Int64(micros) * 1000)) + "\""
        }
        guard let low = Double(low), let high = Double(high) else { return self.low }
        return "\(((low + (high - low) * part) * 1000).rounded() / 1000)"
    }
}
