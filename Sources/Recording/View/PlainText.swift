/// Text from a recording on its way to people.
package enum PlainText {
    /// The text without what a terminal would obey: control characters, and those that turn the
    /// direction of writing or end a line.
    package static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isObeyed) else { return text }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { isObeyed($0) ? "\u{FFFD}" : $0 }))
    }

    /// The text, or its beginning and an ellipsis.
    static func cut(_ text: String, to characters: Int) -> String {
        guard text.utf8.count > characters else { return text }
        guard
            let end = text.index(
                text.startIndex, offsetBy: characters, limitedBy: text.endIndex),
            end < text.endIndex
        else { return text }
        return text[..<end] + "…"
    }

    /// A number with at most so many decimals, without zeros at its end.
    static func number(_ value: Double, decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        guard let scaled = Int64(exactly: (value * scale).rounded()) else {
            return value.description
        }
        let digits = String(scaled.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        var fraction = padded.suffix(decimals)
        while fraction.last == "0" { fraction = fraction.dropLast() }
        let text = padded.dropLast(decimals) + (fraction.isEmpty ? "" : "." + fraction)
        return (scaled < 0 ? "-" : "") + text
    }

    private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
