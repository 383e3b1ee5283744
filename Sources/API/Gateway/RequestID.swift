import Transport

/// The number under which a request is known in logs: the client's own, or ours.
enum RequestID {
    /// Longer ones are cut off a client's imagination, not off its request: ours is used instead.
    private static let maxBytes = 128

    static func echo(_ request: HTTPRequest) -> String {
        guard let given = request.headers["X-Request-Id"], !given.isEmpty,
            given.utf8.count <= maxBytes, given.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return "request-\(request.id)" }
        return given
    }
}

/// Keeps secrets out of the log.
enum Redaction {
    /// The path with session tokens cut to their first characters.
    static func path(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.utf8.count >= 32 ? $0.prefix(6) + "…" : $0 }
            .joined(separator: "/")
    }
}
