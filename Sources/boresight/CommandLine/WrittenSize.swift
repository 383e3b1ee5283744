/// A number of bytes as written: `512kB`, `32MB`, `1GB`; a thousand bytes are a kilobyte.
struct WrittenSize: TextValue, Equatable {
    static let placeholder = "SIZE"

    let bytes: Int

    init(text: String) throws(TextValueProblem) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let amount = Int(digits),
            let unit = Self.bytesPerUnit[String(text.dropFirst(digits.count))],
            amount <= Self.mostBytes / unit
        else { throw TextValueProblem("is not a size such as 512kB, 32MB or 1GB") }
        bytes = amount * unit
    }

    private static let bytesPerUnit = ["kB": 1000, "MB": 1_000_000, "GB": 1_000_000_000]

    /// A terabyte: more is a typing error.
    private static let mostBytes = 1_000_000_000_000
}
