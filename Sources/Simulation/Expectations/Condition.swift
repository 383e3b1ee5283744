/// Something that is true or false of a moment: comparisons of measures, all of which must hold.
///
/// Written `pointing_error < 5 and tracking`; a measure alone means that it is not zero, `!` before
/// it that it is.
package struct Condition: Sendable, Equatable {
    package enum Comparison: String, Sendable, CaseIterable {
        case atMost = "<="
        case atLeast = ">="
        case below = "<"
        case above = ">"
        case equal = "="
    }

    package struct Term: Sendable, Equatable {
        package let measure: Measure
        package let comparison: Comparison
        package let number: Double
    }

    package let text: String
    package let terms: [Term]

    /// Nil for a text that is no condition; `problem` says why.
    package init(_ text: String) throws(ConditionProblem) {
        var terms: [Term] = []
        for part in text.split(separator: " and ", omittingEmptySubsequences: false) {
            terms.append(try Self.term(String(part)))
        }
        self.text = text
        self.terms = terms
    }

    private static func term(_ text: String) throws(ConditionProblem) -> Term {
        let text = text.filter { $0 != " " }
        for comparison in Comparison.allCases {
            guard let range = text.firstRange(of: comparison.rawValue) else { continue }
            guard let number = Double(text[range.upperBound...]), number.isFinite else {
                throw ConditionProblem("'\(text)' compares with no number")
            }
            return Term(
                measure: try measure(text[..<range.lowerBound]), comparison: comparison,
                number: number)
        }
        if text.hasPrefix("!") {
            return Term(measure: try measure(text.dropFirst()), comparison: .equal, number: 0)
        }
        // Every measure that is used alone is a count or a yes: not negative.
        return Term(measure: try measure(text[...]), comparison: .above, number: 0)
    }

    private static func measure(_ name: Substring) throws(ConditionProblem) -> Measure {
        guard let measure = Measure(rawValue: String(name)) else {
            let known = Measure.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConditionProblem("there is no measure '\(name)'; there are \(known)")
        }
        return measure
    }

    /// Whether it holds; nil while one of its measures has no value.
    func holds(in values: Measurements) -> Bool? {
        var result = true
        for term in terms {
            guard let value = values[term.measure] else { return nil }
            let isTrue =
                switch term.comparison {
                case .atMost: value <= term.number
                case .atLeast: value >= term.number
                case .below: value < term.number
                case .above: value > term.number
                case .equal: value == term.number
                }
            result = result && isTrue
        }
        return result
    }

    /// The values that it looks at, for a report.
    func shown(in values: Measurements) -> String {
        terms.map { term in
            let value = values[term.measure].map { "\(($0 * 1000).rounded() / 1000)" } ?? "unknown"
            return "\(term.measure.rawValue) = \(value)"
        }.joined(separator: ", ")
    }
}

/// Why a text is no condition.
package struct ConditionProblem: Error, Equatable {
    package let message: String

    init(_ message: String) {
        self.message = message
    }
}
