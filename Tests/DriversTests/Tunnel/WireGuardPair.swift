import Foundation
import TestSupport

/// Two WireGuard interfaces of this machine that are each other's peers, over the loopback
/// interface: the real protocol, without anything of the system's being changed for long.
///
/// They are wireguard-go(8)'s, as not every kernel has its own; wg(8) treats both alike.
final class WireGuardPair: Sendable {
    private static let programs = ["/usr/bin/wg", "/usr/bin/wireguard-go", "/usr/sbin/ip"]

    /// Making interfaces needs root and the system's leave.
    static var isPossible: Bool {
        geteuid() == 0 && access("/dev/net/tun", R_OK | W_OK) == 0
            && programs.allSatisfy { access($0, X_OK) == 0 }
    }

    static let requirement =
        "needs root, /dev/net/tun, wg, wireguard-go and ip: run Scripts/install-packages test"

    /// The station's interface.
    let interface: String
    private let folder: TemporaryFolder
    private let devices: [ChildProcess]

    /// - Parameter allowed: what the station allows its one living peer, and one that never comes.
    init(allowed: String, neverSeen: String) async throws {
        folder = try TemporaryFolder()
        let names = ["bsa\(getpid())", "bsb\(getpid())"]
        interface = names[0]
        devices = try names.map { name in
            try ChildProcess(
                Self.programs[1], ["-f", name],
                environment: ["PATH=/usr/bin:/usr/sbin", "WG_PROCESS_FOREGROUND=1"])
        }
        var keys: [String] = []
        for name in names + ["stranger"] {
            let secret = try await run("wg", ["genkey"])
            try folder.write(secret, to: name)
            keys.append(try await run("sh", ["-c", "wg pubkey < \(folder.path)/\(name)"]))
        }
        for name in names {
            let hasCome = await eventually { access("/var/run/wireguard/\(name).sock", F_OK) == 0 }
            guard hasCome else {
                throw ChildProcess.Failure(description: "no interface: \(devices[0].standardError)")
            }
        }
        let port = try Loopback.freePort()
        try await run(
            "wg",
            [
                "set", names[0], "private-key", folder.path + "/" + names[0],
                "listen-port", "\(port)", "peer", keys[1], "allowed-ips", allowed,
                "peer", keys[2], "allowed-ips", neverSeen,
            ])
        try await run(
            "wg",
            [
                "set", names[1], "private-key", folder.path + "/" + names[1], "peer", keys[0],
                "allowed-ips", "10.0.0.0/8", "endpoint", "127.0.0.1:\(port)",
                "persistent-keepalive", "1",
            ])
        for name in names { try await run("ip", ["link", "set", name, "up"]) }
    }

    /// What wg(8) prints about the station's interface.
    func show(_ what: String) async throws -> String {
        try await run("wg", ["show", interface, what])
    }

    @discardableResult
    private func run(_ program: String, _ arguments: [String]) async throws -> String {
        let child = try ChildProcess(program, arguments)
        guard await child.waitForOutput() == .code(0) else {
            throw ChildProcess.Failure(
                description: "\(program) \(arguments): \(child.standardError)")
        }
        return child.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
