/// Makes text of the room service fit to be shown.
enum EcastText {
    /// Without what would change the text around it, and not longer than `limit`; nil when nothing
    /// remains.
    static func cleaned(_ text: String, limit: Int) -> String? {
        var scalars = Array(text.unicodeScalars.lazy.filter(isShown).prefix(limit))[...]
        while scalars.first == " " { scalars.removeFirst() }
        while scalars.last == " " { scalars.removeLast() }
        guard !scalars.isEmpty else { return nil }
        var cleaned = String.UnicodeScalarView()
        cleaned.append(contentsOf: scalars)
        return String(cleaned)
    }

    /// No control characters, no line ends, and nothing that turns the direction of writing.
    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: !scalar.properties.isBidiControl
        }
    }
}
