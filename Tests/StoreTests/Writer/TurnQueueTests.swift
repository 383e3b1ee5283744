import Engine
import Testing

@testable import Store

@Suite struct TurnQueueTests {
    private let limits: StoreLimits
    private let reason = StoreError.simulated(reason: "disk full")

    init() {
        var limits = StoreLimits()
        limits.turnsPerTransactionMax = 3
        limits.retryDelayMin = .milliseconds(50)
        limits.retryDelayMax = .milliseconds(400)
        self.limits = limits
    }

    private func queue(turns: Int, limits: StoreLimits? = nil) -> TurnQueue {
        var queue = TurnQueue(limits: limits ?? self.limits)
        for _ in 0..<turns { _ = queue.add(.empty) }
        return queue
    }

    @Test func `the bell rings only for a sleeping writer`() {
        var queue = TurnQueue(limits: limits)
        #expect(queue.add(.empty) == .kept(mustRing: false))
        #expect(queue.next().count == 1)
        queue.wrote(1)
        #expect(queue.next().isSleep)
        #expect(queue.add(.empty) == .kept(mustRing: true))
        #expect(queue.add(.empty) == .kept(mustRing: false))
    }

    @Test func `a transaction takes at most the bound and leaves the rest`() {
        var queue = queue(turns: 7)
        var taken: [Int?] = []
        while let count = queue.next().count {
            taken.append(count)
            queue.wrote(count)
        }
        #expect(taken == [3, 3, 1])
        #expect(queue.pendingTurns == 0)
    }

    @Test func `the pause doubles up to the bound and starts anew after a success`() {
        var queue = queue(turns: 5)
        var pauses: [TurnQueue.AfterFailure] = []
        for _ in 0..<5 { pauses.append(queue.failed(reason, refusedTurn: nil)) }
        #expect(pauses == [50, 100, 200, 400, 400].map { .pause(.milliseconds($0)) })
        #expect(queue.health == .failing(reason: reason, attempts: 5))
        #expect(queue.next().count == 3)
        queue.wrote(3)
        #expect(queue.health == .ok)
        #expect(queue.failed(reason, refusedTurn: nil) == .pause(.milliseconds(50)))
    }

    @Test func `a thousand failures keep the longest pause`() {
        var queue = queue(turns: 1)
        for _ in 0..<1000 { _ = queue.failed(reason, refusedTurn: nil) }
        #expect(queue.failed(reason, refusedTurn: nil) == .pause(.milliseconds(400)))
        #expect(queue.health == .failing(reason: reason, attempts: 1001))
    }

    @Test func `the turns before a refused one are written first, and then it halts`() {
        var queue = queue(turns: 5)
        #expect(queue.next().count == 3)
        #expect(queue.failed(reason, refusedTurn: 2) == .goOn)
        #expect(queue.next().count == 2)
        #expect(queue.health == .ok)
        queue.wrote(2)
        #expect(queue.next().count == 3)
        #expect(queue.failed(reason, refusedTurn: 0) == .goOn)
        #expect(queue.health == .halted(reason: reason))
        #expect(queue.next().isSleep)
        #expect(queue.add(.empty) == .refused)
        #expect(queue.pendingTurns == 3)
        queue.close()
        #expect(queue.next().isEnd)
    }

    @Test func `a closed queue ends when it is empty`() {
        var queue = queue(turns: 4)
        queue.close()
        #expect(queue.add(.empty) == .refused)
        #expect(queue.next().count == 3)
        queue.wrote(3)
        #expect(queue.next().count == 1)
        queue.wrote(1)
        #expect(queue.next().isEnd)
    }

    @Test func `a closed queue tries once more and gives up`() {
        var queue = queue(turns: 2)
        queue.close()
        #expect(queue.next().count == 2)
        #expect(queue.failed(reason, refusedTurn: nil) == .goOn)
        #expect(queue.next().isEnd)
        #expect(queue.pendingTurns == 2)
        #expect(queue.waitReason == reason)
    }

    @Test func `overload begins above the bound and ends at half of it`() {
        var limits = limits
        limits.pendingTurnsOverload = 4
        var queue = queue(turns: 4, limits: limits)
        #expect(queue.health == .ok)
        _ = queue.add(.empty)
        #expect(queue.health == .overloaded(pendingTurns: 5, reason: nil))
        _ = queue.failed(reason, refusedTurn: nil)
        #expect(queue.health == .overloaded(pendingTurns: 5, reason: reason))
        queue.wrote(2)
        #expect(queue.health == .overloaded(pendingTurns: 3, reason: nil))
        queue.wrote(1)
        #expect(queue.health == .ok)
    }

    @Test func `bytes that are written make room again`() {
        var limits = limits
        limits.pendingBytesMax = PendingTurn.empty.byteCount * 2
        var queue = queue(turns: 2, limits: limits)
        queue.wrote(2)
        #expect(queue.add(.empty) == .kept(mustRing: false))
        #expect(queue.add(.empty) == .kept(mustRing: false))
        #expect(queue.add(.empty) == .refused)
        // Once a turn is left out, every later one is too, whatever room there is.
        queue.wrote(2)
        #expect(queue.add(.empty) == .refused)
    }
}

extension PendingTurn {
    fileprivate static var empty: PendingTurn { PendingTurn(writes: []) {} }
}

extension TurnQueue.Step {
    fileprivate var count: Int? {
        guard case .write(let turns) = self else { return nil }
        return turns.count
    }

    fileprivate var isSleep: Bool {
        guard case .sleep = self else { return false }
        return true
    }

    fileprivate var isEnd: Bool {
        guard case .end = self else { return false }
        return true
    }
}
