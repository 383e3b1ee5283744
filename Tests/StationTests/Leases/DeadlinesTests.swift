import Engine
@testable import Station
import Testing

@Suite struct DeadlinesTests {
    private func time(_ seconds: Int) -> Instant {
        .start.advanced(by: .seconds(seconds))
    }

    private func due(_ deadlines: inout Deadlines, _ seconds: Int) -> [String] {
        var devices: [String] = []
        while let deadline = deadlines.takeDue(now: time(seconds)) {
            devices.append(deadline.device)
        }
        return devices
    }

    @Test func `what is due is taken once, in the order of time and then of ids`() {
        var deadlines = Deadlines()
        for (id, at) in [("c", 5), ("a", 9), ("b", 5), ("d", 1)] {
            deadlines.watch(id, .init(expiry: time(at), device: id))
        }
        deadlines.watch("never", .init(device: "never"))
        #expect(deadlines.next == time(1))
        #expect(due(&deadlines, 0).isEmpty)
        #expect(due(&deadlines, 5) == ["d", "b", "c"])
        #expect(deadlines.next == time(9))
        #expect(due(&deadlines, 100) == ["a"])
        #expect(deadlines.next == nil)
    }

    @Test func `who was heard is due later, and who was forgotten never`() {
        var deadlines = Deadlines()
        deadlines.watch("a", .init(silence: time(10), device: "a"))
        deadlines.watch("b", .init(expiry: time(30), silence: time(10), device: "b"))
        deadlines.watch("c", .init(silence: time(10), device: "c"))
        deadlines.heard("a", silence: time(19))
        deadlines.heard("b", silence: time(40))
        deadlines.heard("unknown", silence: time(1))
        deadlines.forget("c")
        #expect(due(&deadlines, 10).isEmpty)
        #expect(deadlines.next == time(19))
        #expect(due(&deadlines, 19) == ["a"])
        #expect(due(&deadlines, 30) == ["b"], "its duration is over")
    }

    @Test func `many are taken in order`() {
        var random = SeededRandom(seed: 5, purpose: "deadlines")
        var deadlines = Deadlines()
        let times = (0..<2000).map { _ in Int(random.next() % 1000) }
        for (index, at) in times.enumerated() {
            deadlines.watch("\(index)", .init(expiry: time(at), device: "\(at)"))
        }
        #expect(due(&deadlines, 2000).compactMap { Int($0) } == times.sorted())
    }
}
