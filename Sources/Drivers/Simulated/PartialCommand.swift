/// A command to a simulated device as far as it has come.
struct PartialCommand: Sendable {
    private var bytes: [UInt8] = []
    private var isTooLong = false

    mutating func add(_ byte: UInt8) {
        guard bytes.count < SimulatedDeviceLimits.commandBytes else { return isTooLong = true }
        bytes.append(byte)
    }

    /// Ends the command and begins the next; nothing for one that was too long.
    mutating func take() -> [UInt8] {
        defer { self = PartialCommand() }
        return isTooLong ? [] : bytes
    }
}
