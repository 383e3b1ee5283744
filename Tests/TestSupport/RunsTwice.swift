package import Engine
import Synchronization
package import Testing

/// Runs each test in virtual time twice and compares what its cores went through.
///
/// A world that notes its cores here when it goes takes part; one that notes nothing cannot fail.
package struct RunsTwice: SuiteTrait, TestTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        var runs: [[UInt64]] = []
        for _ in 0..<2 {
            let log = TraceLog()
            try await TraceLog.$current.withValue(log) { try await function() }
            runs.append(log.traces)
        }
        #expect(runs[0] == runs[1], "a second run of \(test.name) took another course")
    }
}

extension Trait where Self == RunsTwice {
    /// Each test runs twice, and both runs must have the same traces.
    package static var runsTwice: RunsTwice { RunsTwice() }
}

/// The traces of the cores of one run, in the order in which they ended.
package final class TraceLog: Sendable {
    @TaskLocal package static var current: TraceLog?

    private let noted = Mutex<[UInt64]>([])

    package func note(_ core: Core) {
        note(core.progress.trace)
    }

    package func note(_ trace: UInt64) {
        noted.withLock { $0.append(trace) }
    }

    fileprivate var traces: [UInt64] { noted.withLock { $0 } }
}
