import Glibc

/// The machine's clocks, read only by the live and paced loops at the start of a turn.
struct MachineClock {
    private let origin: Int64
    private let factor: Double

    init(factor: Double) {
        self.origin = Self.monotonicNanoseconds()
        self.factor = factor
    }

    /// Engine time now.
    func read() -> Instant {
        let elapsed = Self.monotonicNanoseconds() - origin
        guard factor != 1 else { return Instant(nanoseconds: elapsed) }
        return Instant(nanoseconds: Int64(exactly: (Double(elapsed) * factor).rounded()) ?? .max)
    }

    /// How long the machine must wait until engine time reaches `deadline`; nil means for ever.
    func nanosecondsUntil(_ deadline: Instant) -> Int64? {
        guard deadline < .distantFuture else { return nil }
        let wait = Double(read().duration(to: deadline).nanoseconds) / factor
        return max(0, Int64(exactly: wait.rounded(.up)) ?? .max)
    }

    static func utcNanoseconds() -> Int64 { nanoseconds(CLOCK_REALTIME) }

    private static func monotonicNanoseconds() -> Int64 { nanoseconds(CLOCK_MONOTONIC) }

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
