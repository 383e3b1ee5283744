/// The name of a conversation across the core's border, such as `gpsd`, `ws/4` or `store/rotors`:
/// a word and, where there are several of the kind, a number.
///
/// The two are kept apart, so that nothing is joined where nobody reads it.
package struct StreamName: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let word: String
    package let number: UInt64?

    package init(_ word: String, _ number: UInt64?) {
        self.word = word
        self.number = number
    }

    /// Reads what `description` wrote.
    package init(_ text: String) {
        guard let slash = text.lastIndex(of: "/"),
            let number = UInt64(text[slash...].dropFirst()),
            text.hasSuffix("/\(number)")
        else {
            self.init(text, nil)
            return
        }
        self.init(String(text[..<slash]), number)
    }

    package init(stringLiteral text: String) {
        self.init(text)
    }

    package var description: String { number.map { "\(word)/\($0)" } ?? word }
}
