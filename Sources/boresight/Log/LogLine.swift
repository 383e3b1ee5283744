import Engine
import JSON

/// A log entry as bytes: one line, in either format.
///
/// What the fields hold is escaped, so that nobody who sends us text can forge a line, and what
/// looks like a secret is left out.
struct LogLine {
    private let entry: LogEntry

    init(_ entry: LogEntry) {
        self.entry = entry
    }

    /// The line with its line end. `style` says what the reader of the log adds by itself.
    func text(_ format: LogFormat, _ style: Style) -> String {
        // sd-daemon(3): the priority in front, which journald takes off again.
        let prefix = style == .journal ? "<\(entry.level.priority)>" : ""
        let time = style == .journal ? nil : entry.time.text(.milliseconds)
        switch format {
        case .text: return prefix + plainText(time) + "\n"
        case .json: return prefix + jsonText(time) + "\n"
        }
    }

    enum Style: Equatable, Sendable {
        /// A terminal or a file: the line says when.
        case plain
        /// journald, which knows when and wants the priority.
        case journal
    }

    private func plainText(_ time: String?) -> String {
        var words = time.map { [$0] } ?? []
        words += [entry.level.word, entry.component, entry.message]
        words += fields.map { $0.name + "=" + Self.quoted($0.value) }
        return words.joined(separator: " ")
    }

    private func jsonText(_ time: String?) -> String {
        var object = JSONObject()
        if let time { object["time"] = .string(time) }
        object["level"] = .string(entry.level.word)
        object["component"] = .string(entry.component)
        object["msg"] = .string(entry.message)
        for field in fields {
            // A field must not replace what every line has.
            let name = object[field.name] == nil ? field.name : "field_" + field.name
            object[name] = .string(field.value)
        }
        return JSONValue.object(object).text
    }

    private var fields: [(name: String, value: String)] {
        entry.fields.map { ($0.name, LogSecrets.hidden($0.name, $0.value)) }
    }

    /// The value as one word, in quotes when it is not one.
    private static func quoted(_ value: String) -> String {
        let isWord = !value.isEmpty && value.unicodeScalars.allSatisfy(isWordScalar)
        return isWord ? value : JSONValue.string(escaped(value)).text
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\"", "=", "\\": false
        default: !mustBeEscaped(scalar)
        }
    }

    /// Beyond what JSON escapes: DEL, C1 controls and separators, which terminals or readers of
    /// lines obey.
    private static func escaped(_ value: String) -> String {
        value.unicodeScalars.map { scalar in
            scalar.value >= 0x7F && mustBeEscaped(scalar)
                ? "{U+" + String(scalar.value, radix: 16, uppercase: true) + "}"
                : String(scalar)
        }.joined()
    }

    private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format: true
        default: false
        }
    }
}

extension LogLevel {
    fileprivate var word: String {
        switch self {
        case .error: "error"
        case .warning: "warn"
        case .info: "info"
        case .debug: "debug"
        case .trace: "trace"
        }
    }

    /// As syslog(3) counts.
    fileprivate var priority: Int {
        switch self {
        case .error: 3
        case .warning: 4
        case .info: 6
        case .debug, .trace: 7
        }
    }
}
