/// Text on one line, of a bounded length: what people call things.
package enum PlainText {
    /// What it looks like, as a regular expression (ECMA-262).
    package static let pattern = #"[^\u0000-\u001F\u007F]*"#
}

extension String {
    /// - Parameter characters: Unicode scalar values; what is read as one character can be made
    ///   of any number of them.
    func isPlainText(atMost characters: Int) -> Bool {
        unicodeScalars.prefix(characters + 1).count <= characters
            && unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}
