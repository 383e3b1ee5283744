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
}
