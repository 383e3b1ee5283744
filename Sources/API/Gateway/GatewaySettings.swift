/// What the operator sets about who may call.
package struct GatewaySettings: Sendable {
    /// What each listener shows at its root, in the order of the transport's listeners.
    package var bases: [Base] = [.root]
    /// Origins whose pages may call the API from a browser; `*` means every one.
    package var corsOrigins: [String] = []
    /// Origins that may open a WebSocket besides the page's own host.
    package var socketOrigins: [String] = []
    /// Addresses under which a phone reaches this station, best first; for the pairing page.
    package var publicURLs: [String] = []

    /// The station's own certificate authority; nil where there is none.
    package var authority: TrustedAuthority?
    /// The wireless network that phones are shown the way into.
    package var wifi: WiFi?

    package init() {}

    /// The bytes that the body of a request to this path may have, from the contract: a chat of
    /// an evening is longer than anything else.
    package static func bodyLimit(path: String) -> Int {
        path.hasSuffix("/chat-import") ? 16 * 1024 * 1024 : 1024 * 1024
    }
}
