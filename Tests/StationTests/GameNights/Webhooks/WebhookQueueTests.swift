import Engine
import Testing

@testable import Station

@Suite struct WebhookQueueTests {
    /// A queue that an expectation may change.
    private final class Queue {
        private(set) var queue: WebhookQueue

        init(limits: GameNightLimits, stored: [WebhookDelivery] = []) {
            queue = WebhookQueue(limits: limits, stored: stored)
        }

        func add(_ delivery: WebhookDelivery) -> WebhookDelivery? { queue.add(delivery) }
        func begin(at now: Instant) -> WebhookDelivery? { queue.begin(at: now) }
        func trim() -> [WebhookDelivery] { queue.trim() }

        func finish(
            _ outcome: WebhookQueue.Outcome, at now: Instant, jitter: Double
        ) -> WebhookDelivery? {
            queue.finish(outcome, at: now, jitter: jitter)
        }

        var waiting: [WebhookDelivery] { queue.waiting }
        var ended: [WebhookDelivery] { queue.ended }
        var pausedUntil: Instant? { queue.pausedUntil }
    }

    private static func delivery(_ id: Int, _ state: WebhookDelivery.State = .waiting)
        -> WebhookDelivery
    {
        WebhookDelivery(
            id: id, webhook: 1, event: "game.added", payload: "{}",
            createdAt: UTCTime(nanoseconds: 0), state: state)
    }

    private static func queue(_ ids: Int..., limits: GameNightLimits = GameNightLimits())
        -> Queue
    {
        let queue = Queue(limits: limits)
        for id in ids { _ = queue.add(delivery(id)) }
        return queue
    }

    private static func seconds(_ seconds: Int64) -> Instant {
        Instant(nanoseconds: seconds * 1_000_000_000)
    }

    @Test func `one is under way at a time, the oldest first`() {
        let queue = Self.queue(1, 2)
        let first = queue.begin(at: .start)
        #expect(first?.id == 1)
        #expect(first?.attempts == 1)
        #expect(queue.begin(at: .start) == nil)
        let done = queue.finish(.answered(204), at: .start, jitter: 0)
        #expect(done?.state == .delivered)
        #expect(done?.responseStatus == 204)
        #expect(queue.begin(at: .start)?.id == 2)
        #expect(queue.ended.map(\.id) == [1])
    }

    @Test func `an answer to nothing is nothing`() {
        let queue = Self.queue(1)
        #expect(queue.finish(.answered(200), at: .start, jitter: 0) == nil)
        #expect(queue.waiting.map(\.id) == [1])
        let empty = Self.queue()
        #expect(empty.begin(at: .start) == nil)
    }

    @Test(arguments: [
        (WebhookQueue.Outcome.answered(500), 500 as Int?, "answered with status 500"),
        (.answered(302), 302, "answered with status 302"),
        (.answered(199), 199, "answered with status 199"),
        (.answered(404), 404, "answered with status 404"), (.failed("no"), nil, "no"),
    ])
    func `what is not taken is tried again after a pause`(
        _ outcome: WebhookQueue.Outcome, _ status: Int?, _ error: String
    ) {
        let queue = Self.queue(1, 2)
        _ = queue.begin(at: .start)
        let tried = queue.finish(outcome, at: .start, jitter: 0.999_999)
        #expect(tried?.state == .waiting)
        #expect(tried?.responseStatus == status)
        #expect(tried?.error == error)
        #expect(queue.begin(at: Instant(nanoseconds: 499_000_000)) == nil)
        let again = queue.begin(at: Self.seconds(1))
        #expect(again?.id == 1, "the order is kept")
        #expect(again?.attempts == 2)
        let done = queue.finish(.answered(200), at: Self.seconds(1), jitter: 0)
        #expect(done?.error == nil, "the last attempt counts")
    }

    @Test func `the pauses double up to ten minutes, and after 25 attempts it is given up`() {
        let queue = Self.queue(1, 2)
        var now = Instant.start
        var pauses: [Int64] = []
        for attempt in 1...25 {
            #expect(queue.begin(at: now)?.attempts == attempt)
            let tried = queue.finish(.failed("no"), at: now, jitter: 1)
            #expect(tried?.state == (attempt < 25 ? .waiting : .failed))
            guard let next = queue.pausedUntil else { break }
            pauses.append(now.duration(to: next).components.seconds)
            now = next
        }
        #expect(
            pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] + Array(repeating: 600, count: 14))
        #expect(queue.ended.map(\.id) == [1])
        #expect(queue.begin(at: now)?.id == 2, "the next one at once")
        _ = queue.finish(.failed("no"), at: now, jitter: 1)
        #expect(queue.pausedUntil == now.advanced(by: .seconds(1)), "from the short pause on")
    }

    @Test func `beyond the bound the oldest is given up, but not the one under way`() {
        var limits = GameNightLimits()
        limits.waitingDeliveries = 2
        let queue = Self.queue(1, 2, limits: limits)
        _ = queue.begin(at: .start)
        let given = queue.add(Self.delivery(3))
        #expect(given?.id == 2)
        #expect(given?.state == .failed)
        #expect(given?.error == "given up: more than 2 waited")
        #expect(queue.waiting.map(\.id) == [1, 3])
        _ = queue.finish(.failed("no"), at: .start, jitter: 0)
        #expect(queue.add(Self.delivery(4))?.id == 1, "nothing is under way")
        #expect(queue.waiting.map(\.id) == [3, 4])
    }

    @Test func `the log keeps the newest of those that ended`() {
        var limits = GameNightLimits()
        limits.loggedDeliveries = 2
        let queue = Self.queue(1, 2, 3, limits: limits)
        for _ in 1...3 {
            _ = queue.begin(at: .start)
            _ = queue.finish(.answered(200), at: .start, jitter: 0)
        }
        #expect(queue.trim().map(\.id) == [1])
        #expect(queue.trim().isEmpty)
        #expect(queue.ended.map(\.id) == [2, 3])
    }

    @Test func `what was under way when the station stopped is sent again`() {
        var stored = Self.delivery(2)
        stored.attempts = 3
        let queue = Queue(
            limits: GameNightLimits(), stored: [Self.delivery(1, .delivered), stored])
        #expect(queue.ended.map(\.id) == [1])
        #expect(queue.begin(at: .start)?.attempts == 4)
    }
}
