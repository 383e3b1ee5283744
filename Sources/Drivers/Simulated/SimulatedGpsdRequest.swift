/// A client's request to gpsd. Source: gpsd_json(5), "The protocol".
enum SimulatedGpsdRequest: Equatable {
    /// Changes what is watched; nil leaves as it is.
    case watch(enable: Bool?, json: Bool?)
    case devices
    case version
    /// Begins with `?`, and gpsd does not know it.
    case unknown
    /// Does not begin with `?`; gpsd drops it without an answer.
    case noise

    /// - Parameter bytes: one request, with or without its `;` and the end of its line.
    init(_ bytes: [UInt8]) {
        let text = bytes.prefix { $0 != UInt8(ascii: ";") }.filter { $0 > 0x20 }
        guard text.first == UInt8(ascii: "?") else {
            self = .noise
            return
        }
        let parts = text.split(separator: UInt8(ascii: "="), maxSplits: 1)
        switch parts.first.map({ String(decoding: $0, as: UTF8.self) }) {
        case "?WATCH" where parts.count == 1: self = .watch(enable: nil, json: nil)
        case "?WATCH": self = Self.watch(Array(parts[1]))
        case "?DEVICES": self = .devices
        case "?VERSION": self = .version
        default: self = .unknown
        }
    }

    /// Damaged JSON changes nothing. What does not say `enable` enables.
    private static func watch(_ json: [UInt8]) -> SimulatedGpsdRequest {
        guard GpsdFields(json) != nil else { return .watch(enable: nil, json: nil) }
        let text = String(decoding: json, as: UTF8.self)
        func flag(_ name: String) -> Bool? {
            if text.contains("\"\(name)\":true") { return true }
            return text.contains("\"\(name)\":false") ? false : nil
        }
        return .watch(enable: flag("enable") ?? true, json: flag("json"))
    }
}
