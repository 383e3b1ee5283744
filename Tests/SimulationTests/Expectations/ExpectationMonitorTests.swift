import Engine
import Simulation
import Testing

@Suite struct ExpectationMonitorTests {
    typealias State = ExpectationMonitor.State

    /// What is seen second by second: `1` moving, `0` not, `?` unknown; `f` with a fault, not
    /// moving; `F` with a fault, moving.
    private func state(
        _ kind: ScenarioExpectation.Kind, _ seen: String, heal: Duration? = nil,
        change: (inout ScenarioExpectation) -> Void = { _ in }
    ) throws -> State {
        var expectation = ScenarioExpectation(kind, try Condition("moving"))
        expectation.grace = .seconds(2)
        change(&expectation)
        let seconds = Array(seen)
        var monitor = ExpectationMonitor(
            expectation, heal: heal, duration: .seconds(seconds.count))
        for (second, character) in seconds.enumerated() {
            var values = Measurements()
            values[.moving] = "1F".contains(character) ? 1 : character == "?" ? nil : 0
            values[.fault] = "fF".contains(character) ? 1 : 0
            monitor.look(at: time(second), values)
        }
        monitor.end(at: time(seconds.count))
        return monitor.state
    }

    private func time(_ second: Int) -> Instant { .start.advanced(by: .seconds(second)) }

    private func failed(_ second: Int, _ value: String) -> State {
        .failed(at: time(second), seen: "moving = \(value)")
    }

    @Test func `always fails at the first look that is otherwise`() throws {
        #expect(try state(.always, "1111") == .met)
        #expect(try state(.always, "11010") == failed(2, "0.0"))
        #expect(try state(.always, "1?1") == .met)
    }

    @Test func `never fails at the first look at which it holds`() throws {
        #expect(try state(.never, "0000") == .met)
        #expect(try state(.never, "0010") == failed(2, "1.0"))
        #expect(try state(.never, "0?0") == .met)
    }

    @Test func `what could never be looked at is not kept`() throws {
        #expect(try state(.always, "???") == .open)
        #expect(try state(.never, "???") == .open)
        #expect(try state(.always, "111") { $0.from = .seconds(10) } == .open)
    }

    @Test func `sometimes is met by one look, and a run without it has not failed`() throws {
        #expect(try state(.sometimes, "0010") == .met)
        #expect(try state(.sometimes, "0000") == .open)
    }

    @Test func `eventually is met within its time`() throws {
        #expect(try state(.eventually, "0010") { $0.within = .seconds(2) } == .met)
        #expect(try state(.eventually, "00000") { $0.within = .seconds(2) } == failed(3, "0.0"))
        #expect(try state(.eventually, "?????") { $0.within = .seconds(2) } == failed(3, "unknown"))
        #expect(
            try state(.eventually, "0000") { $0.within = .seconds(9) } == .open,
            "the run ended before its time did")
        #expect(
            try state(.eventually, "10000") {
                $0.within = .seconds(2)
                $0.from = .seconds(1)
            } == failed(4, "0.0"), "what came before its beginning does not count")
    }

    @Test func `from and until bound the looks, both included`() throws {
        let bounds: (inout ScenarioExpectation) -> Void = {
            $0.from = .seconds(2)
            $0.until = .seconds(4)
        }
        #expect(try state(.always, "0011100", change: bounds) == .met)
        #expect(try state(.always, "0001100", change: bounds) == failed(2, "0.0"))
        #expect(try state(.always, "0011000", change: bounds) == failed(4, "0.0"))
        #expect(try state(.sometimes, "1100011", change: bounds) == .open)
    }

    @Test func `calm is while no fault is in effect, and the grace after it`() throws {
        let calm: (inout ScenarioExpectation) -> Void = { $0.phase = .calm }
        #expect(try state(.always, "11ff0011", change: calm) == .met)
        #expect(try state(.always, "11ff0001", change: calm) == failed(6, "0.0"))
        #expect(try state(.always, "0111", change: calm) == failed(0, "0.0"))
        #expect(try state(.sometimes, "00FF0000", change: calm) == .open)
    }

    @Test func `healed is from the heal on`() throws {
        let healed: (inout ScenarioExpectation) -> Void = { $0.phase = .healed }
        #expect(try state(.always, "000111", heal: .seconds(3), change: healed) == .met)
        #expect(try state(.always, "000101", heal: .seconds(3), change: healed) == failed(4, "0.0"))
        let within: (inout ScenarioExpectation) -> Void = {
            $0.phase = .healed
            $0.within = .seconds(2)
        }
        #expect(try state(.eventually, "111001", heal: .seconds(3), change: within) == .met)
        #expect(
            try state(.eventually, "1110000", heal: .seconds(3), change: within)
                == failed(6, "0.0"))
    }

    @Test func `its name tells it from others`() throws {
        var expectation = ScenarioExpectation(.always, try Condition("moving"))
        #expect(expectation.name == "always moving")
        expectation.phase = .healed
        #expect(expectation.name == "always moving (healed)")
    }
}
