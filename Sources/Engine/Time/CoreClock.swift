/// Engine time for `async` code in the core: `try await core.clock.sleep(for: .seconds(1))`.
///
/// Usable on the core only; the standard clocks would leave it.
package struct CoreClock: Clock {
    private let core: Core

    init(core: Core) {
        self.core = core
    }

    package var now: Instant { core.now }

    package var minimumResolution: Duration { .nanoseconds(1) }

    package func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        let number = core.newSleep()
        defer { core.finishSleep(number) }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                core.beginSleep(number, until: deadline, continuation)
            }
        } onCancel: {
            core.cancelSleep(number)
        }
    }
}
