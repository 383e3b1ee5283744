import Drivers
import Engine
import Glibc
import TestSupport
import Testing

/// The driver with real rotctlds.
@Suite(.timeLimit(.minutes(2))) struct RotctldDriverTests {
    @Test func `a real rotctld keeps the rotor contract`() async throws {
        let rotctld = try await Rotctld()
        try await RotorContract(rotor: rotctld.driver()).holds()
    }

    @Test func `a rotctld that is killed and restarted is found again, and nothing is repeated`()
        async throws
    {
        let rotctld = try await Rotctld()
        let rotor = try rotctld.driver()
        #expect(await rotor.becomesReady())
        rotor.submit(.point(azimuthDegrees: 30, elevationDegrees: 0))
        #expect(await rotor.wait { $0.contains { $0.finished != nil } })
        rotctld.kill()
        #expect(await rotor.wait { $0.contains { $0.condition == .failed(.link(.refused)) } })
        rotor.submit(.stop)
        #expect(await rotor.wait { $0.contains { $0.finished?.error == .notConnected } })
        rotor.forget()
        try await rotctld.restart()
        #expect(await rotor.becomesReady())
        let position = rotor.events.compactMap(\.position).last
        #expect(position.map { $0.azimuth == 0 } == true)
    }

    @Test func `a rotctld that hangs is given up, and found again when it goes on`() async throws {
        let rotctld = try await Rotctld()
        let rotor = try rotctld.driver { settings in
            settings.replyTimeout = .milliseconds(400)
            settings.greetingTimeout = .milliseconds(400)
        }
        #expect(await rotor.becomesReady())
        rotctld.process.signal(SIGSTOP)
        #expect(await rotor.wait { $0.contains { $0.condition == .failed(.replyTimedOut) } })
        rotor.forget()
        rotctld.process.signal(SIGCONT)
        #expect(await rotor.becomesReady())
        rotor.submit(.point(azimuthDegrees: 3, elevationDegrees: 0))
        #expect(await rotor.wait { $0.contains { $0.finished.map { $0.error == nil } ?? false } })
    }

    @Test func `a driver that starts before rotctld waits for it`() async throws {
        let rotctld = try await Rotctld()
        rotctld.kill()
        let rotor = try rotctld.driver()
        #expect(await rotor.wait { $0.contains { $0.condition == .failed(.link(.refused)) } })
        try await rotctld.restart()
        #expect(await rotor.becomesReady())
    }

    @Test func `letting go of a moving rotor stops it`() async throws {
        let rotctld = try await Rotctld()
        let rotor = try rotctld.driver()
        let second = try rotctld.driver()
        #expect(await rotor.becomesReady())
        #expect(await second.becomesReady())
        rotor.submit(.point(azimuthDegrees: 180, elevationDegrees: 0))
        #expect(await second.wait { ($0.compactMap(\.position).last?.azimuth ?? 0) > 1 })
        rotor.submitAndClose(.stop)
        #expect(await rotor.wait { $0.last?.condition == .absent })
        second.forget()
        let stands = await second.wait { events in
            let azimuths = events.compactMap(\.position).map(\.azimuth)
            return azimuths.count > 3 && Set(azimuths.suffix(3)).count == 1
        }
        #expect(stands, "\(second.events)")
    }

    @Test func `a serial rotor behind rotctld keeps the rotor contract`() async throws {
        let serial = try EasyCommRotor()
        let rotctld = try await Rotctld([
            "-m", "202", "-r", serial.terminal.path, "-s", "9600",
        ])
        try await RotorContract(rotor: rotctld.driver()).holds()
        serial.end()
    }

    @Test func `a serial rotor that falls silent is degraded, and ready when it speaks again`()
        async throws
    {
        let serial = try EasyCommRotor()
        let rotctld = try await Rotctld([
            "-m", "202", "-r", serial.terminal.path, "-s", "9600",
        ])
        let rotor = try rotctld.driver()
        #expect(await rotor.becomesReady())
        serial.setSilent(true)
        #expect(
            await rotor.wait {
                $0.contains { $0.condition == .degraded(.rotor(.deviceTimedOut)) }
            })
        rotor.forget()
        serial.setSilent(false)
        #expect(await rotor.becomesReady())
        serial.end()
    }
}
