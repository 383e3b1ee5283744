import Engine
import Synchronization
import TestSupport
import Testing

/// What the sink of an output says itself, on the core's own thread.
@Suite struct EchoTests {
    /// Compares the time of each input with that of the turn that it came in.
    private final class Times: CoreObserver {
        private let turn = Mutex<Instant?>(nil)
        let inputs = Mutex<[Bool]>([])

        func turnBegan(_ turn: UInt64, at time: Instant, utc: UTCTime) {
            self.turn.withLock { $0 = time }
        }

        func turnEnded(_ turn: UInt64, events: UInt64, trace: UInt64) {
            self.turn.withLock { $0 = nil }
        }

        func input<Payload: StreamPayload>(
            _ number: UInt64, event: UInt64, at time: Instant, payload: Payload
        ) {
            let isInTurn = turn.withLock { $0 == time }
            inputs.withLock { $0.append(isInTurn) }
        }

        func timer(_ owner: Any.Type, event: UInt64, at time: Instant) {}
        func output<Payload: StreamPayload>(
            _ number: UInt64, event: UInt64, at time: Instant, payload: Payload
        ) {}
        func note(_ entry: LogEntry, event: UInt64, at time: Instant) {}
    }

    private actor Ear: CoreActor {
        nonisolated let core: Core
        nonisolated let heard = Mutex<[Int]>([])
        private var output: OutputPort<Note>?

        init(core: Core) {
            self.core = core
        }

        func speak(through output: OutputPort<Note>) {
            self.output = output
            output.emit(Note(number: 0))
        }

        /// Asks for the next number until there are ten.
        func hear(_ note: Note) {
            heard.withLock { $0.append(note.number) }
            if note.number < 9 { output?.emit(Note(number: note.number + 1)) }
        }
    }

    @Test func `an echo belongs to the turn after the one that it answers`() async throws {
        let times = Times()
        let core = Core(pace: .live, seed: 1, observer: times)
        let ear = Ear(core: core)
        let input = core.inputPort(to: ear) { $0.hear($1) }
        core.perform {
            let output = core.outputPort(release: .immediate) { (notes: [Note]) in
                for note in notes { input.send(note) }
            }
            ear.enter { $0.speak(through: output) }
        }
        let thread = try SystemThread(name: "core") { core.runLive() }
        #expect(await eventually { ear.heard.withLock { $0.count } == 10 })
        core.stop()
        thread.join()
        #expect(ear.heard.withLock { $0 } == Array(0..<10))
        let inputs = times.inputs.withLock { $0 }
        #expect(inputs.count >= 10)
        #expect(inputs.allSatisfy { $0 }, "an input is not of the time of its turn")
    }
}
