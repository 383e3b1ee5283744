import JSON

/// Commands on devices as people read them.
enum OrderText {
    /// So much of a text fits beside the other columns.
    private static let mostCharacters = 40

    /// What the device was told, besides the type.
    static func input(_ order: JSONObject) -> String {
        guard let input = order["input"]?.objectValue else { return "-" }
        let values = input.members.map { Words.text($0.value) }
        return shortened(values.joined(separator: " "))
    }

    /// The last line that the device has printed.
    static func lastLine(_ order: JSONObject) -> String {
        let output = order["output"]?.stringValue ?? ""
        guard let line = output.split(whereSeparator: \.isNewline).last else { return "-" }
        return shortened(Words.printable(String(line)))
    }

    private static func shortened(_ text: String) -> String {
        text.count > mostCharacters ? text.prefix(mostCharacters - 1) + "…" : text
    }

    /// Output without what a terminal would obey, but for its lines and tabs.
    static func output(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.flatMap { scalar in
                    scalar == "\n" || scalar == "\t"
                        ? [scalar] : Array(Words.printable(String(scalar)).unicodeScalars)
                }))
    }

    static func description(_ order: JSONObject) -> String {
        let rows = Table(rows: [
            ["type", Words.text(order["type"])],
            ["input", input(order)],
            ["status", Words.text(order["status"])],
            ["created", Words.text(order["created"])],
            ["modified", Words.text(order["modified"])],
            ["connection", Words.text(order["connection"])],
            ["id", Words.text(order["id"])],
        ]).text
        let output = order["output"]?.stringValue ?? ""
        return rows + (output.isEmpty ? "" : "\n" + Self.output(output))
    }
}
