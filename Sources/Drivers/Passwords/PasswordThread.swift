import Engine
import Synchronization

/// Hashes passwords and checks codes one after the other, on a thread of its own that starts with
/// the first.
package final class PasswordThread: PasswordEdge {
    private struct Job: Sendable {
        let order: PasswordOrder
        let answer: @Sendable (PasswordReport) -> Bool
    }

    private struct State {
        var jobs: [Job] = []
        var thread: SystemThread?
        var isEnding = false
    }

    private let state = Mutex(State())
    private let wake = Wakeup()

    /// How long a core that has no room for an answer is left alone.
    private static let pause = Duration.milliseconds(20)

    package init() {}

    package func perform(
        _ order: PasswordOrder, answer: @escaping @Sendable (PasswordReport) -> Bool
    ) {
        let isQueued = state.withLock { state in
            guard !state.isEnding else { return true }
            if state.thread == nil {
                state.thread = try? SystemThread(name: "passwords") { [self] in run() }
            }
            guard state.thread != nil else { return false }
            state.jobs.append(Job(order: order, answer: answer))
            return true
        }
        // The caller is the core's thread, whose inbox takes what it sends itself.
        if !isQueued { _ = answer(PasswordReport(job: order.job, result: .failed)) }
        wake.signal()
    }

    package func stop() {
        let thread = state.withLock { state in
            state.isEnding = true
            state.jobs = []
            defer { state.thread = nil }
            return state.thread
        }
        wake.signal()
        thread?.join()
    }

    private var isEnding: Bool { state.withLock { $0.isEnding } }

    private func run() {
        // Whoever is served or turned goes first.
        SystemThread.stepBack()
        while !isEnding {
            guard let job = state.withLock({ $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() })
            else {
                wake.wait(nanoseconds: nil)
                continue
            }
            let report = PasswordReport(job: job.order.job, result: Self.result(of: job.order.work))
            while !isEnding, !job.answer(report) { SystemThread.sleep(Self.pause) }
        }
    }

    private static func result(of work: PasswordOrder.Work) -> PasswordReport.Result {
        switch work {
        case .hash(let password): Argon2.hash(password).map { .hashed($0) } ?? .failed
        case .verify(let password, let hash):
            Argon2.verify(password, hash ?? Argon2.nobodys).map { .verified($0) } ?? .failed
        case .factor(let work): work.done().map { .factor($0) } ?? .failed
        }
    }
}
