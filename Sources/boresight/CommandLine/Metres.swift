/// A length as written: a number of metres, with or without `m` or `km`.
struct Metres: TextValue, Equatable {
    static let placeholder = "METRES"

    let value: Double

    init(text: String) throws(TextValueProblem) {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let amount = Double(number),
            let unit = Self.units[String(text.dropFirst(number.count))]
        else { throw TextValueProblem("is not a length such as 12, 12m or 1.5km") }
        value = amount * unit
    }

    private static let units = ["": 1.0, "m": 1, "km": 1000]
}
