import Engine
import Foundation
import TestSupport

/// A core that a contract test runs in: live on a thread of its own, or in virtual time.
final class DriverWorld: Sendable {
    let core: Core
    private let isLive: Bool

    init(live: Bool) {
        isLive = live
        core = Core(
            pace: live ? .live : .virtual, seed: 7,
            utc: UTCTime(nanoseconds: 1_795_176_000_000_000_000))
    }

    deinit {
        if !isLive { TraceLog.current?.note(core) }
    }

    /// Begins to run; everything before that is set up with `core.perform`.
    func run() {
        guard isLive else { return }
        let core = core
        Thread.detachNewThread { core.runLive() }
    }

    func stop() {
        if isLive { core.stop() }
    }

    /// Lets time pass until a condition holds; false when it does not within `limit`.
    func wait(_ limit: Duration = .seconds(30), until condition: () -> Bool) async -> Bool {
        guard !isLive else { return await eventually(within: limit, condition) }
        let end = core.perform { core.now }.advanced(by: limit)
        while !condition() {
            guard core.perform({ core.now }) < end else { return false }
            core.run(for: .milliseconds(20))
        }
        return true
    }
}

/// What a test tells a driver, as an input of the core.
struct TestInput<Value: Sendable>: StreamPayload {
    let value: Value
    var stream: StreamName { "test" }
    func feed(into sink: inout some ByteSink) { sink.append("\(value)") }
}
