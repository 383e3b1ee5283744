import Engine
import Synchronization
package import Testing

/// Runs tests on threads of their own, behind everything else.
///
/// For tests that compute for seconds: on the shared pool, which has a thread a core, they would
/// let every test that waits for a real program wait much longer.
package struct QuietTests: SuiteTrait, TestTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(QuietExecutor.shared) { try await function() }
    }
}

extension Trait where Self == QuietTests {
    /// Computes for long: runs on a thread of low priority.
    package static var quiet: QuietTests { QuietTests() }
}

/// Two threads that the system prefers others to.
private final class QuietExecutor: TaskExecutor {
    static let shared = QuietExecutor()

    private struct Queue {
        var jobs: [UnownedJob] = []
        var head = 0
    }

    private static let threads = 2

    private let queue = Mutex(Queue())
    private let wakeups = (0..<threads).map { _ in Wakeup() }

    private init() {
        for wakeup in wakeups {
            let thread = try? SystemThread(name: "quiet") { [self] in run(wakeup) }
            precondition(thread != nil, "no thread left for the tests")
            thread?.detach()
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.withLock { $0.jobs.append(job) }
        for wakeup in wakeups { wakeup.signal() }
    }

    private func run(_ wakeup: Wakeup) {
        SystemThread.stepBack()
        while true {
            while let job = next() { job.runSynchronously(on: asUnownedTaskExecutor()) }
            wakeup.wait(nanoseconds: nil)
        }
    }

    private func next() -> UnownedJob? {
        queue.withLock { queue in
            guard queue.head < queue.jobs.count else { return nil }
            defer { queue.head += 1 }
            return queue.jobs[queue.head]
        }
    }
}
