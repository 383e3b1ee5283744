import Engine
import JSON
import Station
import Transport

/// Tells the sockets that follow a device what becomes of its commands.
///
/// An update is encoded once, whatever the number of its sockets. Nothing is left out: the
/// transport closes a socket that cannot keep up.
actor CommandFeed: CoreActor {
    nonisolated let core: Core
    private let commands: Commands
    private let send: @Sendable (WebSocketFrame, [UInt64]) -> Void
    /// The sockets of each device, and what each of them follows.
    private var sockets: [String: [UInt64]] = [:]
    private var devices: [UInt64: String] = [:]
    /// Open while somebody follows.
    private var updates: Subscription<Command>?

    /// - Parameter send: hands one frame to several sockets.
    init(
        core: Core, commands: Commands,
        send: @escaping @Sendable (WebSocketFrame, [UInt64]) -> Void
    ) {
        self.core = core
        self.commands = commands
        self.send = send
    }

    func follow(_ device: String, on socket: UInt64) {
        guard devices[socket] == nil else { return }
        devices[socket] = device
        sockets[device, default: []].append(socket)
        if updates == nil { listen() }
    }

    func leave(_ socket: UInt64) {
        guard let device = devices.removeValue(forKey: socket) else { return }
        sockets[device]?.removeAll { $0 == socket }
        if sockets[device]?.isEmpty == true { sockets[device] = nil }
        if devices.isEmpty { updates = nil }
    }

    private func listen() {
        // More than one turn can bring, so that it never overflows.
        let backlog = Backlog<Command>.everything(limit: .max)
        updates = commands.updates.subscribe(self, backlog) { $0.tell($1) }
    }

    private func tell(_ command: Command) {
        guard let sockets = sockets[command.device] else { return }
        let isConnected = commands.enter { $0.isConnected(command) }
        let message: JSONObject = [
            "model": .string("Command"),
            "data": .object(command.json(isConnected: isConnected)),
        ]
        send(.text(JSONValue.object(message).bytes()), sockets)
    }
}
