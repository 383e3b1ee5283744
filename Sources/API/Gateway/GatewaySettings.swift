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

    package init() {}
}
