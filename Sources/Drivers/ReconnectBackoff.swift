/// The growing pause between attempts to reach a device.
///
/// Doubles from `minimum` to `maximum`. Each pause is drawn between half and all of the current
/// step, so that several stations do not knock at the same moment; the random number comes from the
/// owner.
package struct ReconnectBackoff: Sendable, Equatable {
    package let minimum: Duration
    package let maximum: Duration
    private var step: Duration

    /// Starts at `minimum`. A daemon on the same machine is back within a second of its restart, so
    /// the first pauses are short; five seconds keep an operator's wait bearable.
    package init(minimum: Duration = .milliseconds(250), maximum: Duration = .seconds(5)) {
        precondition(minimum > .zero && minimum <= maximum)
        self.minimum = minimum
        self.maximum = maximum
        step = minimum
    }

    /// The pause before the next attempt; `jitter` is a random number in 0..<1.
    package mutating func next(jitter: Double) -> Duration {
        let pause = step * (0.5 + 0.5 * min(max(jitter, 0), 1))
        step = min(step * 2, maximum)
        return pause
    }

    /// The device answered: the next failure starts with the short pause again.
    package mutating func reset() {
        step = minimum
    }
}
