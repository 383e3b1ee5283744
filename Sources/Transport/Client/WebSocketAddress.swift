/// The parts of a socket's address.
struct WebSocketAddress {
    let httpURL: String
    /// Host and port, as they go into `Host`.
    let authority: String
    let target: String

    /// - Parameter url: `ws:`, `wss:`, `http:` or `https:`; without a user, and without anything
    ///   that would end a line of the handshake.
    init(_ url: String) throws(ClientError) {
        let schemes = ["ws": "http", "wss": "https", "http": "http", "https": "https"]
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let mark = url.firstRange(of: "://"),
            let scheme = schemes[url[..<mark.lowerBound].lowercased()]
        else { throw .invalidURL(url) }
        // A fragment stays at home (RFC 6455 §3).
        let rest = url[mark.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.isEmpty, !authority.contains("@") else { throw .invalidURL(url) }
        self.authority = String(authority)
        let path = rest.dropFirst(authority.count)
        target = path.isEmpty ? "/" : path.first == "?" ? "/" + path : String(path)
        httpURL = "\(scheme)://\(authority)/"
    }
}
