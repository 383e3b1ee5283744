/// A number of things, at least one.
struct Count: TextValue, Equatable {
    static let placeholder = "N"

    let value: Int

    init(text: String) throws(TextValueProblem) {
        guard let value = Int(text), (1...Self.most).contains(value) else {
            throw TextValueProblem("is not a whole number from 1 to \(Self.most)")
        }
        self.value = value
    }

    /// More would be no limit any more.
    private static let most = 100_000_000
}
