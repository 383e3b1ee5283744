import Drivers
import Engine
import TestSupport
import Testing

/// Orders to a real sshd.
@Suite(.timeLimit(.minutes(2))) struct SSHCommandDriverTests {
    private let server: SSHServer

    init() async throws {
        server = try await SSHServer()
    }

    private func settings(
        _ change: (inout SSHDeviceSettings) -> Void = { _ in }
    ) -> SSHDeviceSettings {
        var settings = SSHDeviceSettings(
            host: "127.0.0.1", port: server.port, user: SSHServer.user,
            authentication: .privateKey(server.key, passphrase: nil),
            hostKeyFingerprint: server.fingerprint)
        settings.timeout = .seconds(60)
        change(&settings)
        return settings
    }

    private func driver(
        _ change: (inout SSHDeviceSettings) -> Void = { _ in }
    ) -> @Sendable (Core) throws -> any CommandDriver {
        let settings = settings(change)
        return { core in
            SSHCommandDriver(core: core, settings: settings, runs: SSHRuns(core: core))
        }
    }

    private func run(
        _ order: DeviceOrder, _ change: (inout SSHDeviceSettings) -> Void = { _ in }
    ) async throws -> CommandUnderTest {
        let run = try CommandUnderTest(live: true, driver(change))
        run.begin(order)
        #expect(await run.ends())
        return run
    }

    @Test func `a real sshd keeps the command contract`() async throws {
        let nobody = try Loopback.freePort()
        try await CommandContract(
            live: true, good: .custom("echo out; echo err >&2"), bad: .custom("exit 7"),
            make: driver(), makeAway: driver { $0.port = nobody }
        ).holds()
    }

    @Test func `each order is its command`() async throws {
        let custom = try await run(.custom("echo out; exit 3"))
        #expect(custom.output == "out\n")
        #expect(custom.events.last == .ended(exitCode: 3))
        let killed = try await run(.custom("kill -KILL $$"))
        #expect(killed.events.last == .signalled("KILL"))
        let reboot = try await run(.reboot) { $0.rebootCommand = "echo down" }
        #expect(reboot.output == "down\n")
        let password = try await run(.changePassword("new secret")) { $0.passwdCommand = "cat" }
        #expect(password.output == "new secret\nnew secret\n")
        for order: DeviceOrder in [
            .stop, .park, .point(azimuthDegrees: 1, elevationDegrees: 2),
        ] {
            let run = try await run(order)
            #expect(run.events == [.failed(CommandFailure("a shell has no such command"))])
        }
    }

    @Test func `no password is in the list of processes`() async throws {
        let all = try await run(.changePassword("hunter22")) {
            $0.passwdCommand = "cat > /dev/null; cat /proc/[0-9]*/cmdline | tr '\\0' ' '"
        }
        #expect(all.output.contains("cmdline"))
        #expect(!all.output.contains("hunter22"))
    }

    @Test func `a device that goes down as it was told has rebooted`() async throws {
        // The session's own process, which is the shell's parent.
        let gone = #"kill -KILL $(ps -o ppid= -p $$)"#
        let reboot = try await run(.reboot) { $0.rebootCommand = gone }
        #expect(reboot.events.last == .ended(exitCode: 0))
        #expect(reboot.output == "the device has closed the connection\n")
        let custom = try await run(.custom(gone))
        #expect(custom.events.last == .failed(CommandFailure("the connection broke off")))
    }

    @Test func `a key that is not known, or another one, is told and not tried again`()
        async throws
    {
        let unknown = try await run(.reboot) { $0.hostKeyFingerprint = nil }
        #expect(
            unknown.events == [
                .failed(
                    CommandFailure(
                        "the device's host key is not known yet: \(server.fingerprint)"))
            ])
        let wrong = try await run(.custom("true")) {
            $0.authentication = .password("wrong")
        }
        #expect(
            wrong.events == [
                .failed(CommandFailure("the device refused the user's password or key"))
            ])
    }
}
