package import Engine
import Synchronization

/// Sees a replay as a recorder would, and keeps its turns as lines.
package final class TurnCollector: CoreObserver {
    /// One turn as today's code ran it.
    package struct Turn: Sendable {
        package var number: UInt64 = 0
        package var at = Instant.start
        package var events: UInt64 = 0
        package var trace: UInt64 = 0
        package var lines: [[UInt8]] = []
    }

    private struct State {
        var current = Turn()
        var finished: [Turn] = []
    }

    private let state = Mutex(State())
    private let encoder = LineEncoder(redaction: nil)

    package init() {}

    /// The turns since the last look, in their order.
    package func take() -> [Turn] {
        state.withLock { state in
            defer { state.finished = [] }
            return state.finished
        }
    }

    private func add(_ line: [UInt8]) {
        state.withLock { $0.current.lines.append(line) }
    }

    package func turnBegan(_ turn: UInt64, at time: Instant, utc: UTCTime) {
        state.withLock { state in
            // What came in while the outputs of the turn before went out belongs to this one.
            state.current.number = turn
            state.current.at = time
        }
    }

    package func input(
        _ number: UInt64, event: UInt64, at time: Instant, payload: some StreamPayload
    ) {
        add(encoder.input(number, event: event, at: time, payload))
    }

    package func timer(_ owner: Any.Type, event: UInt64, at time: Instant) {
        add(encoder.timer(owner, event: event, at: time))
    }

    package func output(
        _ number: UInt64, event: UInt64, at time: Instant, payload: some StreamPayload
    ) {
        add(encoder.output(number, event: event, at: time, payload))
    }

    package func note(_ entry: LogEntry, event: UInt64, at time: Instant) {
        add(encoder.note(entry, event: event, at: time))
    }

    package func turnEnded(_ turn: UInt64, events: UInt64, trace: UInt64) {
        state.withLock { state in
            state.current.events = events
            state.current.trace = trace
            state.finished.append(state.current)
            state.current = Turn()
        }
    }
}
