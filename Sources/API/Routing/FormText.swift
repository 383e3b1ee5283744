/// Names and values as a query writes them, and a form's body (URL Standard,
/// `application/x-www-form-urlencoded`).
struct FormText {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The value of the first field of that name, decoded.
    subscript(_ name: String) -> String? { fields(name).first { _ in true } }

    /// The values of all fields of that name, decoded.
    func values(_ name: String) -> [String] { Array(fields(name)) }

    /// One after the other: most look for the first only.
    private func fields(_ name: String) -> some Sequence<String> & LazySequenceProtocol {
        text.split(separator: "&").lazy.compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first, PercentEncoding.decode(key) == name else { return nil }
            return parts.count == 2 ? PercentEncoding.decode(parts[1]) : ""
        }
    }
}
