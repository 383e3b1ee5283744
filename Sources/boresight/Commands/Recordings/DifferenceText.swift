import Engine
import JSON
import Recording

/// A difference between two outputs, for people.
enum DifferenceText {
    static func text(_ difference: OutputDifference) -> String {
        var lines = ["  \(seconds(difference.at))  \(difference.stream)  \(title(difference))"]
        switch difference.kind {
        case .missing: lines += difference.expected.map { ["- " + content($0)] } ?? []
        case .extra: lines += difference.actual.map { ["+ " + content($0)] } ?? []
        case .moved: lines += difference.expected.map { ["  " + content($0)] } ?? []
        case .changed:
            for value in difference.values {
                lines.append("  at \(value.path)" + (value.reason.map { ": \($0)" } ?? ""))
                lines.append("- " + short(value.expected))
                lines.append("+ " + short(value.actual))
            }
        }
        return lines.enumerated().map { $0 == 0 ? $1 : "      " + $1 }.joined(separator: "\n")
            + "\n"
    }

    private static func title(_ difference: OutputDifference) -> String {
        let event = difference.expected?.event ?? difference.actual?.event ?? 0
        switch difference.kind {
        case .missing: return "does not come any more (event \(event))"
        case .extra: return "comes now and did not then (event \(event))"
        case .changed: return "says something else (event \(event))"
        case .moved:
            guard let expected = difference.expected, let actual = difference.actual else {
                return "moved"
            }
            let apart = expected.at.duration(to: actual.at)
            let words = apart < .zero ? "earlier" : "later"
            return "comes \(abs(apart.nanoseconds) / 1_000_000) ms \(words) (event \(event))"
        }
    }

    /// Engine time in seconds.
    static func seconds(_ time: Instant) -> String {
        let milliseconds = max(0, time.nanoseconds) / 1_000_000
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
            + " s"
    }

    private static func content(_ output: RecordedOutput) -> String { short(output.content) }

    private static func short(_ value: JSONValue?) -> String {
        guard let value else { return "nothing" }
        let text = value.text
        return text.count > mostCharacters ? text.prefix(mostCharacters) + "…" : text
    }

    /// Two lines of a usual terminal.
    private static let mostCharacters = 160
}
