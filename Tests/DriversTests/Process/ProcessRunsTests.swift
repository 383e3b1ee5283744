import Drivers
import Engine
import Synchronization
import TestSupport
import Testing

@Suite(.runsTwice) struct ProcessRunsTests {
    /// An edge that does nothing by itself.
    private final class ScriptedEdge: ProcessEdge {
        let handler: @Sendable (UInt64, ProcessEvent) -> Bool
        private let requests = Mutex<[ProcessRequest]>([])
        private let stops = Mutex(0)

        init(handler: @escaping @Sendable (UInt64, ProcessEvent) -> Bool) {
            self.handler = handler
        }

        func perform(_ action: ProcessAction, on run: UInt64) {
            requests.withLock { $0.append(ProcessRequest(run: run, action: action)) }
        }

        func stop() { stops.withLock { $0 += 1 } }

        var asked: [ProcessRequest] { requests.withLock { $0 } }
        var hasStopped: Bool { stops.withLock { $0 > 0 } }
    }

    private struct Bench {
        let world = DriverWorld(live: false)
        let runs: ProcessRuns
        let edge: ScriptedEdge
        let heard = ProcessBench.Heard()

        init() throws {
            var made: ScriptedEdge?
            runs = world.core.perform { [core = world.core] in
                ProcessRuns(core: core) { handler in
                    let edge = ScriptedEdge(handler: handler)
                    made = edge
                    return edge
                }
            }
            edge = try #require(made)
        }

        /// Asks for a run, whose events are kept under its number.
        func start() -> UInt64 {
            let number = Mutex<UInt64>(0)
            let run = world.core.perform {
                runs.start(ProcessRunsTests.call) { [heard] event in
                    heard.add(number.withLock { $0 }, event)
                }
            }
            number.withLock { $0 = run }
            pass()
            return run
        }

        func stop(_ run: UInt64) {
            world.core.perform { runs.stop(run) }
            pass()
        }

        func say(_ event: ProcessEvent, on run: UInt64) {
            _ = edge.handler(run, event)
            pass()
        }

        private func pass() { world.core.run(for: .zero) }
    }

    private static let call = ProgramCall(
        name: "s-1", executable: "/bin/true", environment: ["TOKEN": "hush"],
        output: .log(path: "/tmp/s-1.log", bytes: 5000))

    @Test func `a run is asked of the edge, and its events reach who asked`() throws {
        let bench = try Bench()
        let (first, second) = (bench.start(), bench.start())
        #expect(
            bench.edge.asked
                == [first, second].map { ProcessRequest(run: $0, action: .start(Self.call)) })
        bench.say(.started(port: 5901), on: second)
        bench.say(.signalled("TERM"), on: first)
        bench.say(.output([1]), on: second)
        bench.say(.ended(exitCode: 0), on: second)
        #expect(bench.heard.of(first) == [.signalled("TERM")])
        #expect(
            bench.heard.of(second) == [.started(port: 5901), .output([1]), .ended(exitCode: 0)])
    }

    @Test(arguments: [ProcessEvent.ended(exitCode: 0), .signalled("KILL"), .failed(.notFound)])
    func `nothing is heard after the final event, and nothing asked`(final: ProcessEvent) throws {
        let bench = try Bench()
        let run = bench.start()
        bench.say(final, on: run)
        bench.say(.started(port: nil), on: run)
        bench.say(.started(port: nil), on: run + 1)
        bench.stop(run)
        #expect(bench.heard.of(run) == [final])
        #expect(bench.edge.asked.count == 1)
    }

    @Test func `a stop is asked of the edge, which says the end`() throws {
        let bench = try Bench()
        let run = bench.start()
        bench.stop(run)
        #expect(bench.edge.asked.last == ProcessRequest(run: run, action: .stop))
        #expect(bench.heard.of(run).isEmpty)
        bench.say(.signalled("TERM"), on: run)
        #expect(bench.heard.of(run) == [.signalled("TERM")])
    }

    @Test func `stopping stops the edge`() throws {
        let bench = try Bench()
        bench.runs.stop()
        #expect(bench.edge.hasStopped)
    }

    @Test func `where no programs run every one is refused`() {
        let world = DriverWorld(live: false)
        let heard = ProcessBench.Heard()
        let runs = world.core.perform { [core = world.core] in
            ProcessRuns(core: core) { RefusingProcessEdge(onEvent: $0) }
        }
        _ = world.core.perform { runs.start(Self.call) { heard.add(1, $0) } }
        world.core.run(for: .zero)
        #expect(heard.of(1) == [.failed(.refused)])
    }
}
