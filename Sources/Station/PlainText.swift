extension String {
    /// Whether it is text on one line, of a bounded length: what people call things.
    func isPlainText(atMost characters: Int) -> Bool {
        count <= characters && unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}
