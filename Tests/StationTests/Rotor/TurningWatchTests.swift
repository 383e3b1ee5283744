import Engine
import Testing

@testable import Station

@Suite struct TurningWatchTests {
    private func time(_ seconds: Int) -> Instant { .start.advanced(by: .seconds(seconds)) }

    @Test func `a rotor that does not move is told again, ever more seldom up to a bound`() {
        let limits = TrackingLimits()
        var watch = TurningWatch(limits)
        watch.told(now: time(0))
        var told: [Int] = []
        for second in 1...100 where watch.stands(offDegrees: 40, now: time(second)) {
            told.append(second)
            watch.told(now: time(second))
        }
        #expect(told == [5, 15, 30, 45, 60, 75, 90])
        #expect(watch.isStuck)
    }

    @Test func `new aims do not hide that it does not move`() {
        var watch = TurningWatch(TrackingLimits())
        for second in 0...10 {
            watch.told(now: time(second))
            _ = watch.stands(offDegrees: 40, now: time(second))
        }
        #expect(watch.isStuck)
    }

    @Test func `a move, an arrival or a small difference is no trouble`() {
        var watch = TurningWatch(TrackingLimits())
        watch.told(now: time(0))
        _ = watch.stands(offDegrees: 40, now: time(6))
        #expect(watch.isStuck)
        watch.moved(now: time(7))
        #expect(!watch.isStuck)
        let pauses = watch.stands(offDegrees: 40, now: time(11))
        #expect(!pauses, "it may pause")
        let isTold = watch.stands(offDegrees: 40, now: time(12))
        #expect(isTold, "but not for long")
        #expect(watch.isStuck)
        watch.expectNothing()
        #expect(!watch.isStuck)
        let isToldAgain = watch.stands(offDegrees: 40, now: time(60))
        #expect(!isToldAgain, "nothing is asked of it")
        watch.told(now: time(100))
        _ = watch.stands(offDegrees: 2.5, now: time(110))
        #expect(!watch.isStuck, "its own dead band")
    }
}
