import Drivers
import TestSupport

extension SSHServer {
    func command(
        _ text: String, _ change: (inout SSHCommand) -> Void = { _ in }
    ) -> SSHCommand {
        var command = SSHCommand(
            host: "127.0.0.1", port: port, user: Self.user,
            authentication: .privateKey(key, passphrase: nil), hostKeyFingerprint: fingerprint,
            text: text, connectTimeout: .seconds(60), totalTimeout: .seconds(60))
        change(&command)
        return command
    }
}
