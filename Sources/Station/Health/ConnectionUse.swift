/// A way to a device, and what was done last by it.
package struct ConnectionUse: Sendable {
    package let connection: DeviceConnection
    package let command: Command?
    /// Whether the device has not heard of that command yet.
    package let isWaiting: Bool

    var state: DriverHealth.State {
        guard let command else { return isSimulated ? .simulated : .idle }
        return switch command.status {
        case .inProgress: isWaiting ? .connecting : works
        case .success: works
        case .failed: .stale
        }
    }

    var detail: String? {
        switch command?.status {
        case .failed: "the last command failed"
        case .inProgress where isWaiting: "a command waits for it"
        default: nil
        }
    }

    private var isSimulated: Bool { connection.parameters.driver == .simulated }
    private var works: DriverHealth.State { isSimulated ? .simulated : .ok }
}
