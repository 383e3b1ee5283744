import Drivers
import Engine
import TestSupport
import Testing

@Suite(.runsTwice) struct SimulatedWorkspaceDriverTests {
    private func driver(
        _ change: (inout SimulatedWorkspaceSettings) -> Void = { _ in }
    ) -> @Sendable (Core) throws -> any WorkspaceDriver {
        var settings = SimulatedWorkspaceSettings()
        change(&settings)
        return { [settings] core in SimulatedWorkspaceDriver(core: core, settings: settings) }
    }

    @Test func `a simulated session keeps the workspace contract`() async throws {
        try await WorkspaceContract(
            live: false, hasViewer: false, good: driver(),
            crashing: driver { $0.crashesAfter = .seconds(1) },
            broken: driver { $0.startFailure = "no such program" },
            slow: driver { $0.startsIn = .seconds(3600) }
        ).holds()
    }

    @Test func `everything takes as long as it is set to`() throws {
        let session = try WorkspaceUnderTest(
            live: false,
            driver {
                $0.startsIn = .seconds(3)
                $0.crashesAfter = .seconds(60)
                $0.stopsIn = .seconds(2)
            })
        let core = session.world.core
        session.begin()
        core.run(for: .milliseconds(2999))
        #expect(session.events.isEmpty)
        core.run(for: .milliseconds(2))
        #expect(session.events == [.started(viewer: nil)])
        core.run(for: .seconds(59))
        session.stop()
        core.run(for: .milliseconds(1900))
        #expect(session.events.count == 1)
        core.run(for: .milliseconds(200))
        #expect(session.events.last == .ended(.stopped))
    }

    @Test func `a failure says what it is set to say`() throws {
        let broken = try WorkspaceUnderTest(live: false, driver { $0.startFailure = "no disk" })
        broken.begin()
        broken.world.core.run(for: .seconds(1))
        #expect(broken.events == [.ended(.startFailed("no disk"))])
        let crash = try WorkspaceUnderTest(
            live: false,
            driver {
                $0.crashesAfter = .zero
                $0.crash = "lost"
            })
        crash.begin()
        crash.world.core.run(for: .seconds(1))
        #expect(crash.events == [.started(viewer: nil), .ended(.crashed("lost"))])
    }
}
