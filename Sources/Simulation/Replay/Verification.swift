package import Engine
import JSON
package import Recording

/// Feeds a recording to today's code and compares what leaves it.
package struct Verification {
    package struct Result: Sendable {
        package let turns: UInt64
        package let outputs: Int
        /// Equal to the last bit, in every event.
        package let isIdentical: Bool
        /// By time; none when today's outputs match.
        package let differences: [OutputDifference]
        /// Where the station first decided otherwise than then; nil when it never did.
        package let decision: DecisionDifference?
        /// The recording with today's outputs in it.
        package let updated: RecordingText
    }

    /// Two decisions at the same place of a run.
    package struct DecisionDifference: Sendable, Equatable {
        package let at: Instant
        package let then: String
        package let now: String
    }

    private let rules: MatchRules

    package init(rules: MatchRules = .standard) {
        self.rules = rules
    }

    /// - Throws: `RecordingError` for a broken recording; what puts a station together throws too.
    package func run(_ recording: RecordingReader, program: String) throws -> Result {
        var reader = recording
        var then = Side()
        var now = Side()
        var header = reader.header
        header.program = program
        var updated = RecordingText(header, rows: reader.rows)
        var isIdentical = true
        guard let first = try reader.next() else {
            return Result(
                turns: 0, outputs: 0, isIdentical: true, differences: [], decision: nil,
                updated: updated)
        }
        let slack = header.pace == .live ? Replay.liveSlack : .nanoseconds(1)
        let entropy = ReplayEntropy(seed: header.seed)
        let collector = TurnCollector()
        try Replay.prepare(first, entropy)
        let station = try ReplayedStation(
            header, rows: reader.rows, entropy: entropy, observer: collector)
        entropy.endTurn()
        let replay = Replay(world: station, entropy: entropy, mode: .free(slack: slack))
        var last = first
        var next: RecordedTurn? = first
        var turns: UInt64 = 0
        while let turn = next {
            if turns > 0 { try replay.run(turn, before: last.events) }
            turns += 1
            let replayed = collector.take()
            isIdentical =
                isIdentical && replayed.count == 1
                && Divergence(recorded: turn, replayed: replayed.first) == nil
            then.add(turn.entries)
            for turn in replayed {
                now.add(RecordedEntry.read(turn.lines))
                updated.add(turn)
            }
            last = turn
            next = try reader.next()
        }
        let differences =
            isIdentical
            ? []
            : OutputComparison(rules: rules).differences(
                expected: then.outputs, actual: now.outputs)
        return Result(
            turns: turns, outputs: then.outputs.count, isIdentical: isIdentical,
            differences: differences,
            decision: differences.isEmpty ? nil : Self.firstDifference(then, now),
            updated: updated)
    }

    private struct Side {
        var outputs: [RecordedOutput] = []
        var decisions: [RecordedEntry] = []

        mutating func add(_ entries: [RecordedEntry]) {
            outputs += entries.flatMap(RecordedOutput.outputs)
            decisions += entries.filter {
                $0.kind == .log && $0.content["log"] == .string("debug")
            }
        }
    }

    /// What the station said about its decisions, compared in order.
    private static func firstDifference(_ then: Side, _ now: Side) -> DecisionDifference? {
        for index in 0..<max(then.decisions.count, now.decisions.count) {
            let old = index < then.decisions.count ? then.decisions[index] : nil
            let new = index < now.decisions.count ? now.decisions[index] : nil
            let words = (old.map(text) ?? "nothing more", new.map(text) ?? "nothing more")
            guard words.0 != words.1, let at = old?.at ?? new?.at else { continue }
            return DecisionDifference(at: at, then: words.0, now: words.1)
        }
        return nil
    }

    private static func text(_ entry: RecordedEntry) -> String {
        let fields = entry.content["fields"]?.objectValue?.members ?? []
        let words = fields.map { "\($0.key)=\($0.value.stringValue ?? "")" }
        return ([entry.content["message"]?.stringValue ?? ""] + words).joined(separator: " ")
    }
}
