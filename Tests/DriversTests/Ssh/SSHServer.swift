import Drivers
import Foundation
import Glibc
import TestSupport

/// A real sshd that a test runs, as the user who runs the test, with keys of its own.
///
/// Logins are by key only: without PAM and root, sshd cannot check a password.
final class SSHServer: Sendable {
    static let isInstalled =
        FileManager.default.isExecutableFile(atPath: program)
        && FileManager.default.isExecutableFile(atPath: "/usr/bin/ssh-keygen")
    private static let program = "/usr/sbin/sshd"

    let folder: TemporaryFolder
    let port: UInt16
    let fingerprint: String
    private let key: String
    private let process: ChildProcess

    init() async throws {
        folder = try TemporaryFolder()
        port = try Loopback.freePort()
        try await Self.makeKey(in: folder, "host")
        try await Self.makeKey(in: folder, "user")
        try await Self.makeKey(in: folder, "stranger")
        key = try folder.text(of: "user")
        let print = try ChildProcess("ssh-keygen", ["-l", "-f", folder.path + "/host.pub"])
        fingerprint = String(
            try await print.waitForLine(containing: "SHA256:").split(separator: " ")[1])
        try folder.write(
            """
            ListenAddress 127.0.0.1
            Port \(port)
            HostKey \(folder.path)/host
            AuthorizedKeysFile \(folder.path)/user.pub
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            MaxStartups 100

            """, to: "config")
        // What the distribution's service makes before it starts sshd as root.
        if getuid() == 0 { mkdir("/run/sshd", 0o755) }
        process = try ChildProcess(Self.program, ["-D", "-e", "-f", folder.path + "/config"])
        try await process.waitForPort(port)
    }

    func command(
        _ text: String, _ change: (inout SSHCommand) -> Void = { _ in }
    ) -> SSHCommand {
        var command = SSHCommand(
            host: "127.0.0.1", port: port, user: NSUserName(),
            authentication: .privateKey(key, passphrase: nil), hostKeyFingerprint: fingerprint,
            text: text, connectTimeout: .seconds(60), totalTimeout: .seconds(60))
        change(&command)
        return command
    }

    private static func makeKey(in folder: TemporaryFolder, _ name: String) async throws {
        let path = folder.path + "/" + name
        let maker = try ChildProcess(
            "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", path])
        guard await maker.waitForExit() == .code(0) else {
            throw ChildProcess.Failure(description: "ssh-keygen: \(maker.standardError)")
        }
    }
}
