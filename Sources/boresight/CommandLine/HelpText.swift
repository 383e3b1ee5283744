/// The help of a command, made from its declaration alone, so that it cannot be out of date.
struct HelpText {
    private let command: Command
    private let path: [String]

    init(_ command: Command, path: [String]) {
        self.command = command
        self.path = path
    }

    var text: String {
        var sections = [command.summary + ".", "usage: " + usage]
        if !command.discussion.isEmpty { sections.append(command.discussion) }
        if !command.verbs.isEmpty {
            sections.append(Self.table("commands", command.verbs.map { ($0.name, $0.summary) }))
        }
        if !command.arguments.isEmpty {
            sections.append(Self.table("arguments", command.arguments.map { ($0.name, $0.help) }))
        }
        sections.append(Self.table("options", optionRows))
        if path.isEmpty {
            sections.append("'boresight COMMAND --help' tells more about a command.")
        }
        return sections.joined(separator: "\n\n") + "\n"
    }

    private var usage: String {
        var words = ["boresight"] + path
        if !command.verbs.isEmpty { words.append("COMMAND") }
        if command.options.contains(where: { !$0.isHidden }) { words.append("[OPTION…]") }
        words += command.arguments.map { argument in
            let name =
                (argument.standsAfterDashes ? "-- " : "") + argument.name
                + (argument.isRepeatable ? "…" : "")
            return argument.isOptional ? "[\(name)]" : name
        }
        return words.joined(separator: " ")
    }

    private var optionRows: [(String, String)] {
        var rows = command.options.filter { !$0.isHidden }.map { (Self.syntax($0), Self.help($0)) }
        rows.append(("-h, --help", "show this text"))
        if path.isEmpty { rows.append(("-V, --version", "show the version")) }
        return rows
    }

    private static func syntax(_ option: OptionDeclaration) -> String {
        let short = option.short.map { "-\($0), " } ?? "    "
        let repeated = option.isRepeatable ? "…" : ""
        return short + "--" + option.name + (option.placeholder.map { " " + $0 + repeated } ?? "")
    }

    private static func help(_ option: OptionDeclaration) -> String {
        option.help + (option.defaultText.map { " (default \($0))" } ?? "")
    }

    /// Two columns; a left cell that is too wide has a line of its own.
    private static func table(_ title: String, _ rows: [(left: String, right: String)]) -> String {
        let width = min(maxLeftWidth, rows.map(\.left.count).max() ?? 0)
        var lines = [title + ":"]
        for (left, right) in rows {
            let right = wrap(right, width: lineWidth - width - 4)
            let gap = String(repeating: " ", count: width + 4)
            if left.count > width {
                lines.append("  " + left)
                lines += right.map { gap + $0 }
            } else {
                let padding = String(repeating: " ", count: width - left.count + 2)
                lines.append("  " + left + padding + (right.first ?? ""))
                lines += right.dropFirst().map { gap + $0 }
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Fits a terminal of 80 columns.
    private static let lineWidth = 79
    private static let maxLeftWidth = 30

    private static func wrap(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return lines + [line]
    }
}
