/// The last guard against secrets in the log; callers are not to pass any in the first place.
enum LogSecrets {
    /// The value, or what may be shown of it.
    static func hidden(_ name: String, _ value: String) -> String {
        let name = name.lowercased()
        if names.contains(where: { name.contains($0) }) { return shown(value) }
        return withoutQueryToken(value)
    }

    private static let names = ["token", "password", "secret", "authorization", "cookie"]

    /// The first letters of a long secret tell two apart and help nobody to guess the rest.
    private static func shown(_ value: String) -> String {
        value.count >= longSecret ? value.prefix(4) + "…" : "…"
    }

    private static let longSecret = 32

    /// WebSocket handshakes of browsers carry the token in the query.
    private static func withoutQueryToken(_ value: String) -> String {
        guard let start = value.firstRange(of: "token=")?.upperBound else { return value }
        let end = value[start...].firstIndex { $0 == "&" || $0 == " " } ?? value.endIndex
        return value[..<start] + "…" + value[end...]
    }
}
