/// A value of a JSON5 text together with where it stands, so that an error can name the line.
struct JSON5Node: Equatable, Sendable {
    enum Content: Equatable, Sendable {
        case null
        case bool(Bool)
        /// The number as decimal text (`0x10` reads as `16`), `NaN` or `Infinity`.
        case number(String)
        case string(String)
        case array([JSON5Node])
        case object([Member])
    }

    struct Member: Equatable, Sendable {
        let name: String
        /// Where the name stands.
        let place: TextPlace
        let value: JSON5Node
    }

    let place: TextPlace
    let content: Content

    /// What the value is, in words.
    var kind: String {
        switch content {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
