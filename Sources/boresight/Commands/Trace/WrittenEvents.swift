/// Numbers of events as written: `484` or `484-490`.
struct WrittenEvents: TextValue, Equatable {
    static let placeholder = "N[-M]"

    let range: ClosedRange<Int64>

    init(text: String) throws(TextValueProblem) {
        let numbers = text.split(separator: "-", omittingEmptySubsequences: false).map {
            Int64($0)
        }
        guard numbers.count <= 2, let first = numbers.first ?? nil, let last = numbers.last ?? nil,
            first >= 0, first <= last
        else { throw TextValueProblem("is not a number of an event, or two such as 484-490") }
        range = first...last
    }
}
