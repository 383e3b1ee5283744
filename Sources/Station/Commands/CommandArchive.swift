/// Every command that is known, and which of the ended ones are one too many.
struct CommandArchive {
    private struct Entry {
        var command: Command
        /// Of the request that asked for it; nil without a key, and after a restart.
        let fingerprint: SecretHash?
    }

    private let limits: CommandLimits
    private var entries: [String: Entry] = [:]
    /// The commands of each device, oldest first.
    private var order: [String: [String]] = [:]
    private var requests: [CommandRequest: String] = [:]
    /// The ended ones of all devices, in the order in which they ended.
    private var ended: [String] = []
    private var endedBytes = 0

    init(limits: CommandLimits) {
        self.limits = limits
    }

    subscript(id: String) -> Command? { entries[id]?.command }

    /// Oldest first.
    func commands(of device: String) -> [Command] {
        (order[device] ?? []).compactMap { self[$0] }
    }

    func lastCommand(of device: String, by connection: String) -> Command? {
        (order[device] ?? []).reversed().lazy.compactMap { self[$0] }
            .first { $0.connection == connection }
    }

    func command(
        askedForBy request: CommandRequest
    ) -> (command: Command, fingerprint: SecretHash?)? {
        guard let entry = requests[request].flatMap({ entries[$0] }) else { return nil }
        return (entry.command, entry.fingerprint)
    }

    mutating func add(_ command: Command, fingerprint: SecretHash? = nil) {
        entries[command.id] = Entry(command: command, fingerprint: fingerprint)
        order[command.device, default: []].append(command.id)
        if let request = command.request { requests[request] = command.id }
        if command.status != .inProgress { noteEnd(command) }
    }

    mutating func update(_ command: Command) {
        guard let old = entries[command.id] else { return }
        entries[command.id]?.command = command
        if old.command.status == .inProgress, command.status != .inProgress { noteEnd(command) }
    }

    private mutating func noteEnd(_ command: Command) {
        ended.append(command.id)
        endedBytes += command.output.utf8.count
    }

    mutating func remove(_ id: String) {
        guard let command = entries.removeValue(forKey: id)?.command else { return }
        order[command.device]?.removeAll { $0 == id }
        if order[command.device]?.isEmpty == true { order[command.device] = nil }
        if let request = command.request { requests[request] = nil }
        guard command.status != .inProgress else { return }
        ended.removeAll { $0 == id }
        endedBytes -= command.output.utf8.count
    }

    /// Removes ended commands beyond the bounds; which they were.
    ///
    /// - Parameter device: where one has ended; nil looks at all devices.
    mutating func removeTheOldest(of device: String?) -> [String] {
        var removed: [String] = []
        for device in device.map({ [$0] }) ?? order.keys.sorted() {
            let ended = commands(of: device).filter { $0.status != .inProgress }
            for command in ended.dropLast(limits.endedPerDevice) {
                remove(command.id)
                removed.append(command.id)
            }
        }
        while endedBytes > limits.keptOutputBytes, let first = ended.first {
            remove(first)
            removed.append(first)
        }
        return removed
    }
}

extension Command {
    fileprivate var request: CommandRequest? {
        requestKey.map { CommandRequest(device: device, user: user, key: $0) }
    }
}
