/// Where a device is reached as written: `[USER@]HOST[:PORT]`.
struct RemoteAddress: TextValue, Equatable {
    static let placeholder = "[USER@]HOST[:PORT]"

    let user: String?
    let host: String
    /// Nil for the usual one.
    let port: UInt16?

    init(text: String) throws(TextValueProblem) {
        let at = text.lastIndex(of: "@")
        let user = at.map { String(text[..<$0]) }
        guard user != "" else { throw TextValueProblem("has no user before the @") }
        let place = at.map { text[text.index(after: $0)...] } ?? text[...]
        let hasPort = place.contains(":") && !place.hasSuffix("]")
        let address = try HostPort(text: hasPort ? String(place) : "\(place):0")
        self.user = user
        host = address.host
        port = hasPort ? address.port : nil
    }
}
