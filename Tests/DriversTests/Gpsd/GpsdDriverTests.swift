import Drivers
import Engine
import Glibc
import TestSupport
import Testing

/// The driver with real gpsds, each on a pseudo-terminal of its own.
@Suite(.timeLimit(.minutes(3)), .serialized) struct GpsdDriverTests {
    private let receiver: NMEAReceiver
    private let port: UInt16

    init() throws {
        receiver = try NMEAReceiver()
        port = try Loopback.freePort()
    }

    private func startGpsd() throws -> ChildProcess {
        try ChildProcess("gpsd", ["-N", "-n", "-S", String(port), receiver.terminal.path])
    }

    private func makeDriver() throws -> ReceiverUnderTest {
        var settings = GpsdSettings(port: port)
        settings.staleAfter = .seconds(1)
        settings.silentAfter = .seconds(2)
        settings.probeTimeout = .seconds(1)
        return try ReceiverUnderTest(live: true) { core in
            GpsdDriver(core: core, settings: settings, links: try DeviceLinks(core: core))
        }
    }

    @Test func `a real gpsd keeps the receiver contract`() async throws {
        let gpsd = try startGpsd()
        try await gpsd.waitForPort(port)
        let driver = try makeDriver()
        let receiver = receiver
        await ReceiverContract(
            driver: driver, setFix: { receiver.setFix($0) },
            setSilent: { receiver.setSilent($0) }
        ).holds()
        gpsd.kill()
        receiver.end()
    }

    @Test func `a gpsd that is killed and restarted is found again`() async throws {
        let gpsd = try startGpsd()
        let driver = try makeDriver()
        #expect(await driver.wait { $0.fixes.last?.position != nil })
        gpsd.kill()
        #expect(await driver.wait { $0.conditions.last == .failed(.link(.refused)) })
        receiver.move(latitudeDegrees: -33.5, longitudeDegrees: -70.25)
        driver.forget()
        let second = try startGpsd()
        #expect(
            await driver.wait {
                abs(($0.fixes.last?.position?.latitudeDegrees ?? 0) + 33.5) < 1e-4
            }, "\(driver.events)")
        #expect(driver.conditions.last == .ready)
        second.kill()
        receiver.end()
    }

    @Test func `a gpsd that hangs is given up, and found again when it goes on`() async throws {
        let gpsd = try startGpsd()
        let driver = try makeDriver()
        #expect(await driver.wait { $0.conditions.last == .ready })
        gpsd.signal(SIGSTOP)
        #expect(await driver.wait { $0.conditions.contains(.failed(.replyTimedOut)) })
        gpsd.signal(SIGCONT)
        driver.forget()
        #expect(await driver.wait { $0.conditions.last == .ready })
        gpsd.kill()
        receiver.end()
    }
}
