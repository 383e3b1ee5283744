/// A duration as written: a number and its unit, such as `250ms`, `5s`, `2m` or `24h`.
struct WrittenDuration: TextValue, Equatable {
    static let placeholder = "DURATION"

    let duration: Duration

    init(text: String) throws(TextValueProblem) {
        let number = text.prefix { $0.isNumber || $0 == "." }
        guard let amount = Double(number),
            let unit = Self.secondsPerUnit[String(text.dropFirst(number.count))],
            amount > 0, amount * unit <= Self.maxSeconds
        else {
            throw TextValueProblem("is not a duration such as 250ms, 5s, 2m or 24h")
        }
        duration = .seconds(amount * unit)
    }

    private static let secondsPerUnit = ["ms": 0.001, "s": 1, "m": 60, "h": 3600]

    /// A year: longer waits are typing errors.
    private static let maxSeconds = 366.0 * 86_400
}
