import Testing

@testable import Drivers

@Suite struct ProcessRunTests {
    private static let second: Int64 = 1_000_000_000

    private func run(
        waitsForPort: Bool = false, grace: Duration = .seconds(5),
        _ change: (inout ProcessLimits) -> Void = { _ in }
    ) -> ProcessRun {
        var limits = ProcessLimits()
        change(&limits)
        return ProcessRun(
            at: 0, waitsForPort: waitsForPort, startTimeout: .seconds(10), stopGrace: grace,
            limits: limits)
    }

    @Test func `a run without a port waits for nothing`() {
        var run = run()
        #expect(run.nextDue == .max)
        #expect(run.wake(at: 100 * Self.second) == [])
    }

    @Test func `a port is tried again and again until it is open`() {
        var run = run(waitsForPort: true)
        #expect(run.nextDue == 0)
        #expect(run.wake(at: 0) == [.tryPort])
        #expect(run.tried(isOpen: false, at: 0) == [])
        #expect(run.nextDue == 50_000_000)
        #expect(run.wake(at: 49_000_000) == [])
        #expect(run.wake(at: 50_000_000) == [.tryPort])
        #expect(run.tried(isOpen: true, at: 50_000_000) == [.reportStarted])
        #expect(run.nextDue == .max)
    }

    @Test func `a start that takes too long ends as a failure`() {
        var run = run(waitsForPort: true)
        #expect(run.wake(at: 10 * Self.second) == [.look(.terminate)])
        #expect(run.tried(isOpen: true, at: 10 * Self.second) == [])
        #expect(run.looked(left: 0, at: 10 * Self.second) == [])
        #expect(run.looked(left: 0, at: 11 * Self.second) == [.finish(.startTimedOut)])
    }

    @Test func `the end is asked for, looked after and forced`() {
        var run = run()
        #expect(run.stop(at: 0) == [.look(.terminate)])
        #expect(run.looked(left: 2, at: 0) == [])
        #expect(run.nextDue == 10_000_000)
        #expect(run.wake(at: 10_000_000) == [.look(nil)])
        #expect(run.looked(left: 2, at: 10_000_000) == [])
        #expect(run.nextDue == 30_000_000)
        #expect(run.wake(at: 5 * Self.second) == [.look(.kill)])
        #expect(run.looked(left: 1, at: 5 * Self.second) == [])
        #expect(run.wake(at: 6 * Self.second) == [.look(.kill)])
        #expect(run.looked(left: 0, at: 6 * Self.second) == [])
        #expect(run.wake(at: 7 * Self.second) == [.look(.kill)])
        #expect(run.looked(left: 0, at: 7 * Self.second) == [.finish(nil)])
        #expect(run.wake(at: 8 * Self.second) == [])
        #expect(run.looked(left: 0, at: 8 * Self.second) == [])
    }

    @Test func `one clean look is not enough, and the next must follow it`() {
        var run = run()
        _ = run.stop(at: 0)
        #expect(run.looked(left: 0, at: 0) == [])
        #expect(run.looked(left: 1, at: 1) == [])
        #expect(run.looked(left: 0, at: 2) == [])
        #expect(run.looked(left: 0, at: 3) == [.finish(nil)])
    }

    @Test func `the pause between looks grows, to a bound`() {
        var run = run(grace: .seconds(60))
        _ = run.stop(at: 0)
        var pauses: [Int64] = []
        for _ in 0..<7 {
            _ = run.looked(left: 1, at: 0)
            pauses.append(run.nextDue / 1_000_000)
        }
        #expect(pauses == [10, 20, 40, 80, 160, 250, 250])
    }

    @Test func `what ends by itself takes the rest with it`() {
        var run = run()
        #expect(run.leaderEnded(at: 5) == [.look(.terminate)])
        #expect(run.stop(at: 6) == [])
        _ = run.looked(left: 1, at: 6)
        #expect(run.wake(at: 5 * Self.second + 5) == [.look(.kill)])
    }

    @Test func `the leader's end is a reason to look at once`() {
        var run = run()
        _ = run.stop(at: 0)
        _ = run.looked(left: 1, at: 0)
        #expect(run.leaderEnded(at: 5) == [])
        #expect(run.wake(at: 5) == [.look(nil)])
    }

    @Test func `time to end can be shortened and not be made longer`() {
        var run = run()
        _ = run.stop(at: 0)
        #expect(run.stop(at: Self.second, most: .seconds(1)) == [])
        #expect(run.stop(at: Self.second, most: .seconds(3)) == [])
        #expect(run.wake(at: 2 * Self.second) == [.look(.kill)])
        var quick = self.run(grace: .zero)
        #expect(quick.stop(at: 0, most: .seconds(1)) == [.look(.terminate)])
        #expect(quick.wake(at: 0) == [.look(.kill)])
    }

    @Test func `times beyond the bounds are shortened to them`() {
        var long = run(waitsForPort: true, grace: .seconds(1_000_000)) {
            $0.startTimeout = .seconds(1)
            $0.stopGrace = .seconds(2)
        }
        #expect(long.wake(at: Self.second) == [.look(.terminate)])
        _ = long.looked(left: 1, at: Self.second)
        #expect(long.wake(at: 3 * Self.second) == [.look(.kill)])
        var negative = run(grace: .seconds(-1))
        _ = negative.stop(at: 0)
        #expect(negative.wake(at: 0) == [.look(.kill)])
    }

    @Test func `the first failure counts`() {
        var run = run()
        #expect(run.fail(.outputTooLong, at: 0) == [.look(.terminate)])
        #expect(run.fail(.cancelled, at: 0) == [])
        _ = run.looked(left: 0, at: 1)
        #expect(run.looked(left: 0, at: 2) == [.finish(.outputTooLong)])
    }
}
