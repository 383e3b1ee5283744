/// Scheme, host and port of a web server, such as `http://127.0.0.1:8473`.
struct WebAddress: TextValue, Equatable, CustomStringConvertible {
    static let placeholder = "URL"

    let isEncrypted: Bool
    let host: HostPort
    /// Whether the port is the scheme's own, which a browser leaves out of an origin.
    private let hasSchemePort: Bool

    init(text: String) throws(TextValueProblem) {
        guard let separator = text.firstRange(of: "://") else {
            throw TextValueProblem("does not begin with http:// or https://")
        }
        switch text[..<separator.lowerBound].lowercased() {
        case "http": isEncrypted = false
        case "https": isEncrypted = true
        default: throw TextValueProblem("does not begin with http:// or https://")
        }
        var rest = text[separator.upperBound...]
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard !rest.contains("/"), !rest.contains("?"), !rest.contains("#") else {
            throw TextValueProblem("has a path; only scheme, host and port belong here")
        }
        guard !rest.contains("@") else {
            throw TextValueProblem("has a user name; only scheme, host and port belong here")
        }
        let schemePort: UInt16 = isEncrypted ? 443 : 80
        let hasPort = rest.hasSuffix("]") ? false : rest.contains(":")
        host = try HostPort(text: hasPort ? String(rest) : "\(rest):\(schemePort)")
        hasSchemePort = host.port == schemePort
    }

    /// As a browser writes an origin: without the port that the scheme has anyway.
    var description: String {
        let text = (isEncrypted ? "https://" : "http://") + host.description
        return hasSchemePort ? String(text.dropLast(":\(host.port)".count)) : text
    }
}
