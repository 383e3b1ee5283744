import Engine
package import JSON

/// One place at which two outputs differ.
package struct ValueDifference: Sendable, Equatable {
    /// `STREAM:KEY.KEY`.
    package let path: String
    /// Nil where the recording has nothing.
    package let expected: JSONValue?
    /// Nil where today's output has nothing.
    package let actual: JSONValue?
    /// Why a near miss is not a match, such as `off by 1.2, allowed 0.1 degree`.
    package let reason: String?
}

extension MatchRules {
    /// Every difference that counts; none when the values match.
    func differences(
        _ path: String, _ expected: JSONValue?, _ actual: JSONValue?
    ) -> [ValueDifference] {
        guard expected != actual, !ignores(path) else { return [] }
        switch (expected, actual) {
        case (.object(let expected)?, .object(let actual)?):
            let separator = path.hasSuffix(":") ? "" : "."
            let more = actual.members.filter { expected[$0.key] == nil }.map(\.key)
            return (expected.members.map(\.key) + more).flatMap { key in
                differences(path + separator + key, expected[key], actual[key])
            }
        case (.array(let expected)?, .array(let actual)?):
            return (0..<max(expected.count, actual.count)).flatMap { index in
                differences(
                    path + ".\(index)", index < expected.count ? expected[index] : nil,
                    index < actual.count ? actual[index] : nil)
            }
        case (.string(let expected)?, .string(let actual)?):
            return textDifference(path, expected, actual).map { [$0] } ?? []
        default:
            guard let old = expected?.doubleValue, let new = actual?.doubleValue else {
                return [
                    ValueDifference(path: path, expected: expected, actual: actual, reason: nil)
                ]
            }
            let reason = excess(path, abs(old - new))
            guard let reason else { return [] }
            return [
                ValueDifference(path: path, expected: expected, actual: actual, reason: reason)
            ]
        }
    }

    /// Nil when a difference of this size is allowed.
    private func excess(_ path: String, _ difference: Double) -> String? {
        guard let tolerance = tolerance(path) else { return "off by \(Self.short(difference))" }
        guard difference > tolerance.within else { return nil }
        return "off by \(Self.short(difference)), allowed \(tolerance.text)"
    }

    /// Texts are equal when their numbers are near enough and everything between is the same.
    private func textDifference(
        _ path: String, _ expected: String, _ actual: String
    ) -> ValueDifference? {
        let difference = ValueDifference(
            path: path, expected: .string(expected), actual: .string(actual), reason: nil)
        if let old = UTCTime(rfc3339: expected)?.nanoseconds,
            let new = UTCTime(rfc3339: actual)?.nanoseconds
        {
            // A text of whole seconds may fall on either side of one.
            let unit: Int64 = expected.utf8.count > 20 ? 0 : 1_000_000_000
            let apart = (old &- new).magnitude
            return apart <= UInt64(time.nanoseconds + unit) ? nil : difference
        }
        let old = TextParts(expected)
        let new = TextParts(actual)
        guard tolerance(path) != nil, old.between == new.between else { return difference }
        for (one, other) in zip(old.numbers, new.numbers) {
            guard let reason = excess(path, abs(one - other)) else { continue }
            return ValueDifference(
                path: path, expected: .string(expected), actual: .string(actual), reason: reason)
        }
        return nil
    }

    private static func short(_ value: Double) -> String {
        let text = ((value * 1e6).rounded() / 1e6).description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

/// A text cut into its numbers and what is between them.
private struct TextParts {
    private(set) var numbers: [Double] = []
    private(set) var between: [String] = []

    init(_ text: String) {
        var word = ""
        var rest = ""
        for character in text + "\0" {
            if character.isASCII, character.isNumber || character == "." || character == "-" {
                word.append(character)
                continue
            }
            if let number = Double(word) {
                numbers.append(number)
                between.append(rest)
                rest = ""
            } else {
                rest += word
            }
            word = ""
            rest.append(character)
        }
        between.append(rest)
    }
}
