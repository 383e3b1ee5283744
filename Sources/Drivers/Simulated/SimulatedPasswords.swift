import Engine
import Synchronization

/// The place of the passwords' thread in virtual time: what is asked waits until somebody has it
/// answered. Its hashes hide nothing, and its secrets follow from the number of the order.
package final class SimulatedPasswords: PasswordEdge {
    private struct Job: Sendable {
        let order: PasswordOrder
        let answer: @Sendable (PasswordReport) -> Bool
    }

    private let jobs = Mutex<[Job]>([])

    package init() {}

    package func perform(
        _ order: PasswordOrder, answer: @escaping @Sendable (PasswordReport) -> Bool
    ) {
        jobs.withLock { $0.append(Job(order: order, answer: answer)) }
    }

    package func stop() {}

    /// Answers what waits, between two turns; false when nothing did.
    package func answer() -> Bool {
        let waiting = jobs.withLock { jobs in
            defer { jobs = [] }
            return jobs
        }
        for job in waiting {
            _ = job.answer(
                PasswordReport(job: job.order.job, result: Self.result(of: job.order)))
        }
        return !waiting.isEmpty
    }

    private static func result(of order: PasswordOrder) -> PasswordReport.Result {
        switch order.work {
        case .hash(let password): .hashed(hash(password))
        case .verify(let password, let hash): .verified(self.hash(password) == hash)
        case .factor(let work):
            factorAnswer(work, seed: order.job).map { .factor($0) } ?? .failed
        }
    }

    private static func factorAnswer(_ work: FactorWork, seed: UInt64) -> FactorAnswer? {
        var random = SeededRandom(seed: seed, purpose: "second factors")
        return try? work.done { count in
            (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        }
    }

    private static func hash(_ password: Password) -> PasswordHash {
        var hash = TraceHash()
        hash.append(password.bytes)
        return PasswordHash(stored: "simulated " + String(hash.value, radix: 16))
    }
}
