/// A TCP port of this machine that a WebSocket is to be connected with.
package struct BridgePlan: Sendable, Equatable {
    /// A numeric address: nothing is looked up.
    package let host: String
    package let port: UInt16
    /// Nil when nothing is kept.
    package let capture: BridgeCapture?

    package init(host: String, port: UInt16, capture: BridgeCapture? = nil) {
        self.host = host
        self.port = port
        self.capture = capture
    }
}

/// A new file that keeps what crosses a bridge.
package struct BridgeCapture: Sendable, Equatable {
    /// Must not exist yet.
    package let path: String
    /// The whole file's.
    package let byteLimit: Int
    /// When the capture was asked for, as the file's header tells it.
    package let started: String

    package init(path: String, byteLimit: Int, started: String) {
        self.path = path
        self.byteLimit = byteLimit
        self.started = started
    }

    /// The file without its folder, which is another one on another machine.
    package var fileName: String { path.split(separator: "/").last.map(String.init) ?? "" }
}
