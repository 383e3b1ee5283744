/// One of gpsd's reports while it is written: compact, members in gpsd's order, `\r\n` at its end.
///
/// libgps finds a report's class by its exact text, so that no space may stand in it.
struct GpsdObject {
    private var text: String

    init(_ name: String) {
        text = "{\"class\":\"\(name)\""
    }

    /// A member whose value is JSON already.
    mutating func add(_ name: String, _ json: String) {
        text += ",\"\(name)\":\(json)"
    }

    mutating func add(_ name: String, text value: String) {
        add(name, "\"" + value.unicodeScalars.map(Self.escaped).joined() + "\"")
    }

    /// What is not known, or cannot be written, is left out.
    mutating func add(_ name: String, _ value: Double?, decimals: Int) {
        guard let text = value.flatMap({ FixedDecimals.text($0, decimals: decimals) }) else {
            return
        }
        add(name, text)
    }

    /// The object alone, to stand in another.
    var json: String { text + "}" }

    var line: [UInt8] { Array((json + "\r\n").utf8) }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default:
            guard scalar.value < 0x20 else { return String(scalar) }
            return "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
        }
    }
}
