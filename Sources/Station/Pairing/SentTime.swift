/// When a phone says that it measured something: a time of its own clock, which may be wrong.
///
/// Good for telling which of two messages of one phone is the older, and for nothing else.
package struct SentTime: Sendable, Equatable, Comparable {
    /// Without its `Z`: then a shorter text is an earlier time of the same second.
    private let text: String

    /// Reads RFC 3339 in UTC, as JavaScript's `toISOString` writes it; nil for anything else.
    package init?(_ text: String) {
        let characters = Array(text.utf8)
        guard (Self.shape.count + 1...Self.longest).contains(characters.count),
            characters.last == UInt8(ascii: "Z")
        else { return nil }
        for (character, wanted) in zip(characters, Self.shape) {
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character)
            guard wanted == UInt8(ascii: "0") ? isDigit : character == wanted else { return nil }
        }
        let fraction = characters.dropFirst(Self.shape.count).dropLast()
        guard
            fraction.isEmpty
                || fraction.first == UInt8(ascii: ".") && fraction.count > 1
                    && fraction.dropFirst().allSatisfy(
                        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { return nil }
        self.text = String(text.dropLast())
    }

    package static func < (lhs: SentTime, rhs: SentTime) -> Bool {
        lhs.text.utf8.lexicographicallyPrecedes(rhs.text.utf8)
    }

    private static let shape = Array("0000-00-00T00:00:00".utf8)
    /// With nanoseconds; nobody writes more.
    private static let longest = shape.count + 11
}
