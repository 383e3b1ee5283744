import Drivers
import Engine
import Synchronization
import TestSupport
import Testing

@Suite(.runsTwice) struct SSHRunsTests {
    /// Stands in for the sessions: keeps what was asked, and says what the test says.
    private final class ScriptedEdge: SSHEdge {
        private let requests = Mutex<[SSHRequest]>([])
        private let stops = Mutex(0)
        let handler: @Sendable (UInt64, SSHEvent) -> Bool

        init(handler: @escaping @Sendable (UInt64, SSHEvent) -> Bool) {
            self.handler = handler
        }

        func perform(_ action: SSHAction, on run: UInt64) {
            requests.withLock { $0.append(SSHRequest(run: run, action: action)) }
        }

        func stop() { stops.withLock { $0 += 1 } }

        var asked: [SSHRequest] { requests.withLock { $0 } }
        var hasStopped: Bool { stops.withLock { $0 > 0 } }
    }

    private struct Bench {
        let world = DriverWorld(live: false)
        let runs: SSHRuns
        let edge: ScriptedEdge
        let heard = SSHBench.Heard()

        init() throws {
            var made: ScriptedEdge?
            runs = world.core.perform { [core = world.core] in
                SSHRuns(core: core) { handler in
                    let edge = ScriptedEdge(handler: handler)
                    made = edge
                    return edge
                }
            }
            edge = try #require(made)
        }

        /// Asks for a run, whose events are kept under its number.
        func start(_ command: SSHCommand = command) -> UInt64 {
            let number = Mutex<UInt64>(0)
            let run = world.core.perform {
                runs.start(command) { [heard] event in
                    heard.add(number.withLock { $0 }, event)
                }
            }
            number.withLock { $0 = run }
            pass()
            return run
        }

        func cancel(_ run: UInt64) {
            world.core.perform { runs.cancel(run) }
            pass()
        }

        func say(_ event: SSHEvent, on run: UInt64) {
            _ = edge.handler(run, event)
            pass()
        }

        private func pass() { world.core.run(for: .zero) }
    }

    private static let command = SSHCommand(
        host: "device", user: "field", authentication: .password("secret"),
        hostKeyFingerprint: "SHA256:a", text: "uptime", connectTimeout: .seconds(1),
        totalTimeout: .seconds(2))

    @Test func `a run is asked of the edge, and its events reach who asked`() throws {
        let bench = try Bench()
        let run = bench.start()
        #expect(bench.edge.asked == [SSHRequest(run: run, action: .run(Self.command))])
        let events: [SSHEvent] = [
            .connected, .output(bytes("up"), isError: false), .output(bytes("?"), isError: true),
            .ended(exitCode: 0),
        ]
        for event in events { bench.say(event, on: run) }
        #expect(bench.heard.of(run) == events)
    }

    @Test func `runs are told apart`() throws {
        let bench = try Bench()
        let (first, second) = (bench.start(), bench.start())
        #expect(first != second)
        bench.say(.ended(exitCode: 2), on: second)
        bench.say(.ended(exitCode: 1), on: first)
        #expect(bench.heard.of(first) == [.ended(exitCode: 1)])
        #expect(bench.heard.of(second) == [.ended(exitCode: 2)])
    }

    @Test(arguments: [SSHEvent.ended(exitCode: 0), .signalled("KILL"), .failed(.disconnected)])
    func `nothing is heard after the final event`(final: SSHEvent) throws {
        let bench = try Bench()
        let run = bench.start()
        bench.say(final, on: run)
        bench.say(.output(bytes("late"), isError: false), on: run)
        bench.say(.connected, on: run + 1)
        #expect(bench.heard.of(run) == [final])
    }

    @Test func `a cancel is asked of the edge, which says the end`() throws {
        let bench = try Bench()
        let run = bench.start()
        bench.cancel(run)
        #expect(bench.edge.asked.last == SSHRequest(run: run, action: .cancel))
        #expect(bench.heard.of(run).isEmpty)
        bench.say(.failed(.cancelled), on: run)
        #expect(bench.heard.of(run) == [.failed(.cancelled)])
    }

    @Test func `what has ended, or never was, is not cancelled`() throws {
        let bench = try Bench()
        let run = bench.start()
        bench.say(.ended(exitCode: 0), on: run)
        bench.cancel(run)
        bench.cancel(run + 1)
        #expect(bench.edge.asked.count == 1)
    }

    @Test func `whoever hears of an end may ask for the next run at once`() throws {
        let bench = try Bench()
        let next = Mutex<UInt64>(0)
        let runs = bench.runs
        let run = bench.world.core.perform {
            runs.start(Self.command) { event in
                guard event.isFinal else { return }
                next.withLock { $0 = runs.start(Self.command) { _ in } }
            }
        }
        bench.world.core.run(for: .zero)
        bench.say(.ended(exitCode: 0), on: run)
        #expect(bench.edge.asked.map(\.run) == [run, next.withLock { $0 }])
    }

    @Test func `stopping stops the edge`() throws {
        let bench = try Bench()
        bench.runs.stop()
        #expect(bench.edge.hasStopped)
    }

    @Test func `without devices every run is refused`() {
        let world = DriverWorld(live: false)
        let heard = SSHBench.Heard()
        let runs = world.core.perform { [core = world.core] in
            SSHRuns(core: core) { RefusingSSHEdge(onEvent: $0) }
        }
        _ = world.core.perform { runs.start(Self.command) { heard.add(1, $0) } }
        world.core.run(for: .zero)
        #expect(heard.of(1) == [.failed(.refused)])
    }

    @Test func `no text of a command has its secrets`() {
        var command = Self.command
        command.input = bytes("hush")
        for text in ["\(command)", String(reflecting: SSHAction.run(command))] {
            #expect(text.contains("uptime"))
            #expect(!text.contains("secret") && !text.contains("104"), "\(text)")
        }
    }
}
