import JSON

/// A wireless network that phones are shown the way into.
package struct WiFi: Sendable, Equatable {
    let name: String
    private let isProtected: Bool
    /// Nil in a replay, too: it is in no recording.
    private let password: String?

    /// - Parameter password: nil for an open network.
    package init(name: String, password: String?) {
        self.init(name: name, isProtected: password != nil, password: password)
    }

    private init(name: String, isProtected: Bool, password: String?) {
        (self.name, self.isProtected, self.password) = (name, isProtected, password)
    }

    /// Whether a network can be called so (IEEE 802.11: 32 bytes).
    package static func isName(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count) && isPrintable(text)
    }

    /// Whether it can be a password (WPA: 8 to 63 characters).
    package static func isPassword(_ text: String) -> Bool {
        (8...63).contains(text.utf8.count) && isPrintable(text)
    }

    private static func isPrintable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
    }

    var security: String { isProtected ? "WPA" : "nopass" }

    /// What a phone's camera takes for the way in, as WPA3's specification writes it, §7.1.
    var code: String {
        let secret = isProtected ? "P:\(Self.escaped(password ?? ""));" : ""
        return "WIFI:T:\(security);S:\(Self.escaped(name));\(secret);"
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            if "\\;,:\"".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
    }

    /// As a recording keeps it.
    init?(_ json: JSONObject) {
        guard let name = json["name"]?.stringValue else { return nil }
        let security = json["security"]?.stringValue
        self.init(name: name, isProtected: security == "WPA", password: nil)
    }

    var json: JSONObject { ["name": .string(name), "security": .string(security)] }
}
