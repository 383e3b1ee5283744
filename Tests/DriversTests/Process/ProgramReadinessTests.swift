import Drivers
import Foundation
import TestSupport
import Testing

/// When a program can be worked with.
@Suite(.timeLimit(.minutes(2))) struct ProgramReadinessTests {
    private let bench: ProcessBench
    /// Listens on the port that is its argument, a little later, and says what it was told.
    private static let server = """
        import os, socket, sys, time
        time.sleep(0.2)
        s = socket.create_server(("127.0.0.1", int(sys.argv[1])))
        print(sys.argv[1:], os.environ.get("PLACE"), flush=True)
        while True: s.accept()
        """

    init() throws {
        bench = try ProcessBench()
    }

    private func serve(_ readiness: ProgramReadiness, _ port: ProgramText, as run: UInt64 = 1) {
        bench.start("", as: run) {
            $0.executable = Python.path
            $0.arguments = ["-c", ProgramText(Self.server), port]
            $0.readiness = readiness
            $0.environment = ["PLACE": ProgramText([.text(":"), .port])]
        }
    }

    @Test func `a program is ready when its port is`() async throws {
        let port = try Loopback.freePort()
        serve(.port(port), ProgramText("\(port)"))
        #expect(await eventually { !bench.heard.of(1).isEmpty })
        #expect(bench.heard.of(1) == [.started(port: port)])
        #expect(Loopback.accepts(port))
        bench.stop()
        #expect(await bench.events() == [.started(port: port), .signalled("TERM")])
    }

    @Test func `a picked port is another one for each program, which is told`() async throws {
        let told = ProgramText([.port])
        for run in 1...3 { serve(.pickedPort, told, as: UInt64(run)) }
        var ports: Set<UInt16> = []
        for run: UInt64 in 1...3 {
            #expect(await eventually { !bench.heard.of(run).isEmpty })
            guard case .started(let port?)? = bench.heard.of(run).first else {
                Issue.record("\(bench.heard.of(run))")
                continue
            }
            ports.insert(port)
            #expect(ProcessLimits().ports.contains(port))
            #expect(await bench.prints("['\(port)'] :\(port)", run: run))
        }
        #expect(ports.count == 3)
    }

    @Test func `a program that ends before it is ready has never started`() async {
        #expect(
            await bench.run("exit 4") { $0.readiness = .pickedPort } == [.ended(exitCode: 4)])
    }

    @Test func `a start that takes too long is given up, and nothing is left of it`() async {
        let events = await bench.run("sleep 600 & sleep 600") {
            $0.readiness = .pickedPort
            $0.startTimeout = .milliseconds(300)
        }
        #expect(events == [.failed(.startTimedOut)])
        #expect(bench.processes.isEmpty)
    }

    @Test func `a port on which somebody listens is not taken for the program's`() async throws {
        let listener = try LoopbackListener()
        #expect(
            await bench.run("sleep 600") { $0.readiness = .port(listener.port) } == [
                .failed(.portTaken)
            ])
    }

    @Test func `a program may be stopped before it is ready`() async {
        bench.start("exec sleep 600") { $0.readiness = .pickedPort }
        #expect(await eventually { !bench.processes.isEmpty })
        bench.stop()
        #expect(await bench.events() == [.signalled("TERM")])
    }
}

enum Python {
    static let path = "/usr/bin/python3"
}
