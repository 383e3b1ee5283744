import Engine
import JSON

/// The timeline as lines for people.
package struct TimelineText {
    /// Whether lines may hold what colours them on a terminal (ECMA-48 §8.3.117).
    package enum Style: Sendable {
        case plain
        case coloured
    }

    private let style: Style
    private var date = ""

    private static let streamWidth = 22
    private static let eventWidth = 7

    package init(_ style: Style) {
        self.style = style
    }

    /// What stands above the lines.
    package static func heading(_ header: RecordingHeader) -> String {
        "recording of boresight \(PlainText.printable(header.program)), \(header.pace.rawValue), "
            + "started \(header.utc.text(.microseconds))"
            + (header.isFromStart ? "" : ", without its beginning") + "\n"
    }

    /// One line, with its line end; a line with the date before it when a day begins.
    package mutating func line(_ entry: TimelineEntry) -> String {
        let utc = entry.utc.text(.milliseconds)
        let day = String(utc.prefix { $0 != "T" })
        var text = ""
        if day != date {
            text = painted(day + " UTC", .faint) + "\n"
            date = day
        }
        let time = utc.dropFirst(day.count + 1).dropLast()
        let stream = PlainText.cut(PlainText.printable(entry.entry.stream), to: 60)
        let event = "#\(entry.entry.event)"
        text += Self.sinceStart(entry.entry.at) + " " + painted(String(time), .faint) + " "
        text += Self.filled(event, to: Self.eventWidth) + " "
        text += painted(Self.arrow(entry.entry.kind), Self.colour(of: entry)) + " "
        text += painted(Self.filled(stream, to: Self.streamWidth), Self.colour(of: entry))
        return text + " " + entry.summary + "\n"
    }

    /// Engine time as seconds with microseconds, in a column that holds a week.
    private static func sinceStart(_ time: Instant) -> String {
        let microseconds = (time.nanoseconds / 1000).magnitude
        let fraction = String(microseconds % 1_000_000)
        let seconds = (time.nanoseconds < 0 ? "-" : "") + String(microseconds / 1_000_000)
        let text = seconds + "." + String(repeating: "0", count: 6 - fraction.count) + fraction
        return String(repeating: " ", count: max(0, 13 - text.count)) + text
    }

    private static func filled(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func arrow(_ kind: RecordedEntry.Kind) -> String {
        switch kind {
        case .input: "→"
        case .output: "←"
        case .timer: "◦"
        case .log: "·"
        case .mark: "◆"
        }
    }

    /// Select Graphic Rendition parameters.
    private enum Colour: String {
        case faint = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case magenta = "35"
        case cyan = "36"
        case ordinary = ""
    }

    private static func colour(of entry: TimelineEntry) -> Colour {
        switch entry.entry.kind {
        case .input: .cyan
        case .output: .green
        case .timer: .faint
        case .mark: .magenta
        case .log:
            switch entry.entry.content["log"]?.stringValue {
            case "error": .red
            case "warning": .yellow
            default: .ordinary
            }
        }
    }

    private func painted(_ text: String, _ colour: Colour) -> String {
        guard style == .coloured, colour != .ordinary else { return text }
        return "\u{1B}[\(colour.rawValue)m" + text + "\u{1B}[0m"
    }
}
