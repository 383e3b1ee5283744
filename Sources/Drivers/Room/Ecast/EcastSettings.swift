/// Which room is watched, where, and as whom.
package struct EcastSettings: Sendable, Equatable {
    package var base: EcastBase
    package var code: String
    /// What other watchers of the room see.
    package var name: String
    package var userID: String

    /// - Parameter session: the game night; a reconnection must come as the same user.
    package init(
        code: String, session: Int64, base: EcastBase = .publicService, name: String = "Boresight"
    ) {
        self.base = base
        self.code = code
        self.name = name
        userID = "boresight-\(session)"
    }
}

/// The address of a room service: the public one, or a server that stands in for it.
package struct EcastBase: Sendable, Equatable {
    /// Without a slash at its end.
    package let text: String
    let isSecure: Bool

    package static let publicService = EcastBase(
        text: "https://ecast.jackboxgames.com", isSecure: true)

    private init(text: String, isSecure: Bool) {
        self.text = text
        self.isSecure = isSecure
    }

    /// Nil unless `text` is `http://` or `https://`, a host, and perhaps a port and a path.
    package init?(_ text: String) {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
        var rest = text.dropFirst(scheme.count)
        while rest.last == "/" { rest.removeLast() }
        let authority = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(authority.count)
        guard EcastHost.isHost(authority, mayBeLocal: true),
            path.utf8.allSatisfy({ EcastAddress.isPlain($0) || $0 == UInt8(ascii: "/") })
        else { return nil }
        self.init(text: scheme + rest, isSecure: scheme == "https://")
    }

    /// A server of one's own may live on any host and port; the public service does not.
    var isLocal: Bool { self != .publicService }
}
