import Glibc
import Synchronization

/// Runs every job of one core on whichever thread currently owns that core.
///
/// One class is both serial and task executor: actors name it as theirs, entry tasks prefer it, and
/// each job is run with both, so structured children and calls between actors stay here without
/// being scheduled. Jobs run in the order in which they were enqueued.
package final class CoreExecutor: SerialExecutor, TaskExecutor {
    /// Jobs enqueued on the owner's thread. Touched by the owner only; `enqueue` checks.
    private nonisolated(unsafe) var ready = JobRing()
    /// Jobs that arrived from other threads. None do in normal running: a test counts them.
    private let foreign = Mutex<[UnownedJob]>([])
    private let owner = Atomic<UInt>(0)
    private let foreignCount = Atomic<Int>(0)
    private let wake: Wakeup

    init(wake: Wakeup) {
        self.wake = wake
    }

    /// Jobs that were enqueued by a thread other than the core's, since the start.
    package var foreignJobCount: Int { foreignCount.load(ordering: .relaxed) }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        guard isOwnedByCurrentThread else {
            foreignCount.add(1, ordering: .relaxed)
            foreign.withLock { $0.append(job) }
            wake.signal()
            return
        }
        ready.append(job)
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func asUnownedTaskExecutor() -> UnownedTaskExecutor {
        UnownedTaskExecutor(ordinary: self)
    }

    package func checkIsolated() {
        precondition(isOwnedByCurrentThread, "this code runs on its core's thread only")
    }

    package func isIsolatingCurrentContext() -> Bool? { isOwnedByCurrentThread }

    /// Whether the calling thread is the one that pumps this core.
    package var isOwnedByCurrentThread: Bool {
        owner.load(ordering: .relaxed) == Self.currentThread
    }

    /// Makes the calling thread the owner while `body` runs. Nested calls are allowed.
    func own<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let me = Self.currentThread
        let (claimed, previous) = owner.compareExchange(
            expected: 0, desired: me, ordering: .acquiringAndReleasing)
        precondition(claimed || previous == me, "two threads at once in one core")
        defer { if claimed { owner.store(0, ordering: .releasing) } }
        return try body()
    }

    /// Runs jobs until none is runnable.
    func drain() {
        while let job = ready.popFirst() {
            job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
    }

    /// Takes over the jobs that other threads enqueued.
    func adoptForeignJobs() {
        let jobs = foreign.withLock { jobs in
            defer { jobs.removeAll(keepingCapacity: true) }
            return jobs
        }
        for job in jobs { ready.append(job) }
    }

    private static var currentThread: UInt { UInt(pthread_self()) }
}
