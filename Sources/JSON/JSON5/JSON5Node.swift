/// A value of a JSON5 text together with where it stands, so that an error can name the line.
package struct JSON5Node: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        case null
        case bool(Bool)
        /// The number as decimal text (`0x10` reads as `16`), `NaN` or `Infinity`.
        case number(String)
        case string(String)
        case array([JSON5Node])
        case object([Member])
    }

    package struct Member: Equatable, Sendable {
        package let name: String
        /// Where the name stands.
        package let place: TextPlace
        package let value: JSON5Node

        package init(name: String, place: TextPlace, value: JSON5Node) {
            self.name = name
            self.place = place
            self.value = value
        }
    }

    package let place: TextPlace
    package let content: Content

    package init(place: TextPlace, content: Content) {
        self.place = place
        self.content = content
    }

    /// What the value is, in words.
    package var kind: String {
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
