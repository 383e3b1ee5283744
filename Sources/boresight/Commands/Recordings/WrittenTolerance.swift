import Recording

/// A tolerance as written: `PATH=NUMBER` with a unit, `deg`, `m`, `s`, `ms` or none.
struct WrittenTolerance: TextValue {
    static let placeholder = "PATH=NUMBER"

    let tolerance: MatchRules.Tolerance

    init(text: String) throws(TextValueProblem) {
        guard let equals = text.lastIndex(of: "="), equals > text.startIndex else {
            throw TextValueProblem("is not PATH=NUMBER, such as '*:azimuth=0.5deg'")
        }
        let written = text[text.index(after: equals)...]
        let digits = written.prefix { $0.isNumber || $0 == "." }
        guard let number = Double(digits), number >= 0,
            let scale = Self.scales[String(written.dropFirst(digits.count))]
        else {
            throw TextValueProblem("has no number with a unit (deg, m, s, ms) after =")
        }
        tolerance = MatchRules.Tolerance(
            path: WildcardPattern(String(text[..<equals])), within: number * scale,
            text: String(written))
    }

    /// Ages are in seconds where they are numbers.
    private static let scales = ["": 1, "deg": 1, "m": 1, "s": 1, "ms": 0.001]
}
