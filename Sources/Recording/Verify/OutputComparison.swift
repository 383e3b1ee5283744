import Engine
import JSON

/// Compares recorded outputs with those of today's code.
///
/// The order within a stream counts; between streams it is free.
package struct OutputComparison {
    private let rules: MatchRules
    /// How far ahead a partner is looked for before an output counts as missing or extra.
    private static let reach = 32

    package init(rules: MatchRules) {
        self.rules = rules
    }

    /// Every difference, by time.
    package func differences(
        expected: [RecordedOutput], actual: [RecordedOutput]
    ) -> [OutputDifference] {
        let old = Dictionary(grouping: expected, by: \.stream)
        let new = Dictionary(grouping: actual, by: \.stream)
        let streams = Set(old.keys).union(new.keys).sorted()
        return streams.flatMap { compare($0, old[$0] ?? [], new[$0] ?? []) }
            .sorted { ($0.at, $0.stream) < ($1.at, $1.stream) }
    }

    private func compare(
        _ stream: String, _ expected: [RecordedOutput], _ actual: [RecordedOutput]
    ) -> [OutputDifference] {
        guard expected != actual else { return [] }
        var found: [OutputDifference] = []
        var old = expected[...]
        var new = actual[...]
        while let first = old.first, let other = new.first {
            if matches(first, other) {
                if let moved = moved(first, other) { found.append(moved) }
                old = old.dropFirst()
                new = new.dropFirst()
                continue
            }
            let (skippedOld, skippedNew) = nearestMatch(old, new)
            found += unmatched(stream, old.prefix(skippedOld), new.prefix(skippedNew))
            old = old.dropFirst(skippedOld)
            new = new.dropFirst(skippedNew)
        }
        return found + unmatched(stream, old, new)
    }

    private func matches(_ one: RecordedOutput, _ other: RecordedOutput) -> Bool {
        rules.differences(one.stream + ":", one.content, other.content).isEmpty
    }

    private func moved(_ one: RecordedOutput, _ other: RecordedOutput) -> OutputDifference? {
        let apart = one.at.duration(to: other.at)
        guard abs(apart.nanoseconds) > rules.time.nanoseconds else { return nil }
        return OutputDifference(
            kind: .moved, stream: one.stream, expected: one, actual: other, values: [])
    }

    /// How many to skip on both sides until two match again: as few as possible.
    private func nearestMatch(
        _ old: ArraySlice<RecordedOutput>, _ new: ArraySlice<RecordedOutput>
    ) -> (Int, Int) {
        for distance in 1...Self.reach {
            for skippedOld in 0...distance {
                let skippedNew = distance - skippedOld
                guard skippedOld < old.count, skippedNew < new.count else { continue }
                if matches(old[old.startIndex + skippedOld], new[new.startIndex + skippedNew]) {
                    return (skippedOld, skippedNew)
                }
            }
        }
        return (min(Self.reach, old.count), min(Self.reach, new.count))
    }

    /// What has no partner: pairs of the same shape are one changed output, the rest is missing or
    /// extra.
    private func unmatched(
        _ stream: String, _ old: ArraySlice<RecordedOutput>, _ new: ArraySlice<RecordedOutput>
    ) -> [OutputDifference] {
        var rest = Array(new)
        var found: [OutputDifference] = []
        for output in old {
            // Near in time is more likely the same thing said differently.
            let partner = rest.indices.filter { shape(rest[$0]) == shape(output) }
                .min { abs(gap(rest[$0], output)) < abs(gap(rest[$1], output)) }
            guard let partner, abs(gap(rest[partner], output)) <= Self.pairedWithin.nanoseconds
            else {
                found.append(
                    OutputDifference(
                        kind: .missing, stream: stream, expected: output, actual: nil, values: []))
                continue
            }
            let other = rest.remove(at: partner)
            found.append(
                OutputDifference(
                    kind: .changed, stream: stream, expected: output, actual: other,
                    values: rules.differences(stream + ":", output.content, other.content)))
        }
        return found
            + rest.map {
                OutputDifference(
                    kind: .extra, stream: stream, expected: nil, actual: $0, values: [])
            }
    }

    /// Further apart two outputs are not taken for one that changed.
    private static let pairedWithin = Duration.seconds(1)

    private func gap(_ one: RecordedOutput, _ other: RecordedOutput) -> Int64 {
        one.at.duration(to: other.at).nanoseconds
    }

    /// What kind of message it is: the keys it has, and the verb of a device's line.
    private func shape(_ output: RecordedOutput) -> [String] {
        guard let object = output.content.objectValue else { return [] }
        let verb = object["send"]?.stringValue.map { $0.prefix { $0 != " " && $0 != "\n" } }
        let type = object["frame"]?.objectValue?["type"]?.stringValue
        return object.members.map(\.key) + [verb.map(String.init) ?? "", type ?? ""]
    }
}
