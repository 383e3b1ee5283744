import Drivers
import Engine
import Testing

@testable import Simulation

@Suite struct WorldQueueTests {
    private func time(_ seconds: Int) -> Instant { .start.advanced(by: .seconds(seconds)) }

    /// The numbers of work events, in the order in which they come out.
    private func drained(_ queue: inout WorldQueue) -> [Int] {
        var numbers: [Int] = []
        while let event = queue.pop(dueAt: .distantFuture) {
            switch event {
            case .work(let number): numbers.append(number)
            case .phone(let number, _): numbers.append(100 + number)
            case .fault(let number, let begins): numbers.append(200 + 2 * number + (begins ? 0 : 1))
            default: numbers.append(-1)
            }
        }
        return numbers
    }

    @Test func `what is earlier comes first, and at one time what was queued first`() {
        var queue = WorldQueue(seed: nil)
        var random = SeededRandom(seed: 1, purpose: "test")
        var expected: [(time: Int, number: Int)] = []
        for number in 0..<500 {
            let second = Int(random.unit() * 40)
            queue.add(.work(number), at: time(second))
            expected.append((second, number))
        }
        expected.sort { ($0.time, $0.number) < ($1.time, $1.number) }
        #expect(queue.nextTime == time(expected.first?.time ?? -1))
        #expect(drained(&queue) == expected.map(\.number))
        #expect(queue.nextTime == nil)
    }

    @Test func `nothing comes before its time`() {
        var queue = WorldQueue(seed: nil)
        queue.add(.work(1), at: time(5))
        let early = queue.pop(dueAt: time(4)).map { "\($0)" }
        let due = queue.pop(dueAt: time(5)).map { "\($0)" }
        #expect(early == nil)
        #expect(due == "work(1)")
    }

    @Test func `a seed permutes what happens at once to different things, the same each time`() {
        func order(_ seed: UInt64?) -> [Int] {
            var queue = WorldQueue(seed: seed)
            for number in 0..<8 { queue.add(.phone(number, .opens), at: time(1)) }
            return drained(&queue)
        }
        let orders = (1...10).map { order(UInt64($0)) }
        #expect(orders == (1...10).map { order(UInt64($0)) })
        #expect(Set(orders).count > 5)
        #expect(order(nil) == (100..<108).map { $0 })
    }

    @Test(arguments: UInt64(1)...20)
    func `what happens to one thing keeps its order, whatever the seed`(_ seed: UInt64) {
        var queue = WorldQueue(seed: seed)
        for number in 0..<4 {
            // A fault without a length begins before it ends.
            queue.add(.fault(number, begins: true), at: time(1))
            queue.add(.fault(number, begins: false), at: time(1))
            queue.add(.work(number), at: time(1))
        }
        let order = drained(&queue)
        #expect(order.filter { $0 >= 200 } == Array(200..<208))
        #expect(order.filter { $0 < 100 } == [0, 1, 2, 3])
    }

    @Test func `what is forgotten does not come, and the rest keeps its order`() {
        var queue = WorldQueue(seed: nil)
        for number in 0..<50 {
            queue.add(.work(number), at: time(number % 7))
            queue.add(
                .hears(LinkID(driver: 1, connection: 1), .connected), at: time(number % 5))
        }
        var same = queue
        queue.removeAll { if case .hears = $0 { true } else { false } }
        #expect(drained(&queue) == drained(&same).filter { $0 >= 0 })
    }
}
