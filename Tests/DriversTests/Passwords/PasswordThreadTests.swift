import Engine
import Synchronization
import TestSupport
import Testing

@testable import Drivers

@Suite struct PasswordThreadTests {
    private final class Heard: Sendable {
        let reports = Mutex<[PasswordReport]>([])

        var jobs: [UInt64] { reports.withLock { $0.map(\.job) } }
    }

    private let heard = Heard()
    private let password = Password(presented: "secret")

    private func order(_ job: UInt64, _ work: PasswordOrder.Work) -> PasswordOrder {
        PasswordOrder(job: job, work: work)
    }

    @Test func `orders are answered one after the other`() async throws {
        let thread = PasswordThread()
        defer { thread.stop() }
        let hash = try #require(Argon2.hash(password))
        let works: [PasswordOrder.Work] = [
            .hash(password), .verify(password, hash), .verify(Password(presented: "x"), hash),
            .verify(password, nil),
        ]
        for (job, work) in works.enumerated() {
            thread.perform(order(UInt64(job), work)) { [heard] report in
                heard.reports.withLock { $0.append(report) }
                return true
            }
        }
        #expect(await eventually { heard.jobs == [0, 1, 2, 3] })
        let results = heard.reports.withLock { $0.map(\.result) }
        #expect(results.dropFirst() == [.verified(true), .verified(false), .verified(false)])
        guard case .hashed(let made)? = results.first else {
            Issue.record("nothing was hashed")
            return
        }
        #expect(Argon2.verify(password, made) == true)
    }

    @Test func `an answer is given again until the core has room for it`() async {
        let thread = PasswordThread()
        defer { thread.stop() }
        let refusals = Mutex(3)
        thread.perform(order(7, .hash(password))) { [heard] report in
            let isRefused = refusals.withLock { refusals in
                refusals -= 1
                return refusals >= 0
            }
            guard !isRefused else { return false }
            heard.reports.withLock { $0.append(report) }
            return true
        }
        #expect(await eventually { heard.jobs == [7] })
    }

    @Test func `nothing is answered after the end, and an idle thread ends too`() async {
        let thread = PasswordThread()
        for job in 0..<50 as Range<UInt64> {
            thread.perform(order(job, .hash(password))) { [heard] report in
                heard.reports.withLock { $0.append(report) }
                return true
            }
        }
        thread.stop()
        let count = heard.jobs.count
        #expect(count < 50)
        thread.perform(order(99, .hash(password))) { _ in
            Issue.record("answered after the end")
            return true
        }
        thread.stop()
        #expect(heard.jobs.count == count)
        PasswordThread().stop()
    }
}
