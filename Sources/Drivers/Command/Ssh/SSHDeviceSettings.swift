/// A device with an SSH server, and what its orders are there.
package struct SSHDeviceSettings: Sendable, Equatable {
    package var host: String
    package var port: UInt16
    package var user: String
    package var authentication: SSHAuthentication
    /// See `SSHCommand.hostKeyFingerprint`.
    package var hostKeyFingerprint: String?
    /// What reboots the device.
    package var rebootCommand = "reboot"
    /// Reads the user's new password from its standard input, twice, each on a line.
    package var passwdCommand = "passwd"
    /// For a command from its begin to its end; see `SSHCommand.totalTimeout`.
    package var timeout = Duration.seconds(30)

    package init(
        host: String, port: UInt16 = 22, user: String, authentication: SSHAuthentication,
        hostKeyFingerprint: String? = nil
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.authentication = authentication
        self.hostKeyFingerprint = hostKeyFingerprint
    }

    /// The order as a command of the device's shell; nil for one that a shell has not.
    func command(for order: DeviceOrder) -> SSHCommand? {
        let text: String
        var input: [UInt8] = []
        switch order {
        case .custom(let given): text = given
        case .reboot: text = rebootCommand
        case .changePassword(let password):
            text = passwdCommand
            // Not in the text, which everybody on the device may see in its list of processes.
            input = Array("\(password)\n\(password)\n".utf8)
        case .point, .stop, .park: return nil
        }
        return SSHCommand(
            host: host, port: port, user: user, authentication: authentication,
            hostKeyFingerprint: hostKeyFingerprint, text: text, input: input,
            connectTimeout: timeout, totalTimeout: timeout)
    }
}
