import Drivers
import Foundation
import TestSupport
import Testing

/// What is left of a program when it has ended: nothing.
@Suite(.timeLimit(.minutes(3))) struct ProgramEndTests {
    private let bench: ProcessBench
    /// Leaves the shell behind with a session of its own, as daemons do.
    private static let daemon = "setsid sh -c 'echo $$ > daemon.txt; exec sleep 600' & "

    init() throws {
        bench = try ProcessBench()
    }

    private func start(
        _ script: String, as run: UInt64 = 1, _ change: (inout ProgramCall) -> Void = { _ in }
    ) {
        bench.start(script, as: run) {
            $0.workingDirectory = bench.folder.path
            change(&$0)
        }
    }

    @Test func `a program that heeds TERM has its time`() async {
        // The shell says of what it waits for that it was ended, too.
        start(
            "exec 2>/dev/null; trap 'sleep 0.2; echo saved; exit 7' TERM; echo ready; "
                + "while :; do sleep 0.01; done")
        #expect(await bench.prints("ready"))
        bench.stop()
        #expect(await bench.events().last == .ended(exitCode: 7))
        #expect(bench.log() == "ready\nsaved\n")
    }

    @Test func `a program that does not is killed`() async {
        start("trap '' TERM; echo ready; while :; do sleep 600; done") {
            $0.stopGrace = .milliseconds(200)
        }
        #expect(await bench.prints("ready"))
        bench.stop()
        bench.stop()
        #expect(await bench.events() == [.started(port: nil), .signalled("KILL")])
        #expect(bench.processes.isEmpty)
    }

    @Test func `a stopped program is ended too`() async {
        start("kill -STOP $$") { $0.stopGrace = .milliseconds(200) }
        #expect(await eventually { !bench.heard.of(1).isEmpty })
        bench.stop()
        #expect(await bench.events().last == .signalled("KILL"))
    }

    @Test(arguments: [
        "WRITE & (sleep 600 &)", "setsid WRITE &",
        // Without the cookie, but with a parent or the session to know it by.
        "env -i WRITE &",
        "sh -c 'setsid env -i sh -c \"echo \\$\\$ > pid; exec sleep 600\"; true' &",
    ])
    func `what a program has started ends with it, stopped or by itself`(script: String)
        async throws
    {
        let script = script.replacing("WRITE", with: "sh -c 'echo $$ > pid; exec sleep 600'")
        let untilTold = "until [ -e go ]; do sleep 0.01; done; exit 5"
        for (run, end) in [(1 as UInt64, "exec sleep 600"), (2, untilTold)] {
            unlink(bench.folder.path + "/pid")
            start(script + "\n" + end, as: run) {
                $0.stopGrace = .milliseconds(500)
            }
            #expect(await eventually { (try? bench.folder.text(of: "pid"))?.last == "\n" })
            let child = try #require(
                Int32(bench.folder.text(of: "pid").prefix { $0 != "\n" }))
            #expect(Self.isAlive(child))
            if run == 1 { bench.stop(run) } else { try bench.folder.write("", to: "go") }
            let final: ProcessEvent = run == 1 ? .signalled("TERM") : .ended(exitCode: 5)
            #expect(await bench.events(of: run).last == final)
            #expect(!Self.isAlive(child))
            #expect(bench.processes.isEmpty)
        }
    }

    @Test func `a daemon that heeds nothing is killed`() async throws {
        let deaf =
            "setsid sh -c 'trap \"\" TERM HUP; echo $$ > daemon.txt; "
            + "while :; do sleep 0.1; done' &"
        start(deaf + " exec sleep 600") { $0.stopGrace = .milliseconds(200) }
        #expect(await eventually { (try? bench.folder.text(of: "daemon.txt"))?.last == "\n" })
        let text = try bench.folder.text(of: "daemon.txt")
        let daemon = try #require(Int32(text.split(separator: "\n")[0]))
        #expect(kill(daemon, 0) == 0)
        bench.stop()
        #expect(await bench.events().last == .signalled("TERM"))
        #expect(bench.processes.isEmpty)
    }

    @Test func `another run is left alone`() async {
        start(Self.daemon + " exec sleep 600", as: 1)
        start("sleep 600 & exec sleep 600", as: 2)
        #expect(await eventually { bench.processes.count == 4 })
        bench.stop(1)
        _ = await bench.events(of: 1)
        #expect(bench.processes.count == 2)
        bench.stop(2)
        _ = await bench.events(of: 2)
        #expect(bench.processes.isEmpty)
    }

    @Test func `200 starts and stops leave no process and no descriptor`() async {
        start("true", as: 1_000)
        _ = await bench.events(of: 1_000)
        let before = Self.descriptors
        for run: UInt64 in 1...200 {
            start(run % 2 == 0 ? "sleep 600 & exec sleep 600" : "true", as: run)
            if run % 2 == 0 { bench.stop(run) }
            if run % 20 == 0 { _ = await bench.events(of: run) }
        }
        for run: UInt64 in 1...200 { _ = await bench.events(of: run) }
        #expect(bench.processes.isEmpty)
        #expect(await eventually { Self.descriptors <= before })
        #expect(Self.zombies.isEmpty)
    }

    @Test func `the end of the edge ends every program, also one that heeds nothing`() async {
        start("exec sleep 600", as: 1)
        start("trap '' TERM; echo ready; while :; do sleep 600; done", as: 2) {
            $0.stopGrace = .seconds(60)
        }
        start(Self.daemon + " exec sleep 600", as: 3)
        #expect(await bench.prints("ready", run: 2))
        #expect(await eventually { bench.processes.count >= 5 })
        bench.edge.stop()
        #expect(bench.heard.of(1).last == .signalled("TERM"))
        #expect(bench.heard.of(2).last == .signalled("KILL"))
        #expect(bench.heard.of(3).last == .signalled("TERM"))
        #expect(bench.processes.isEmpty)
        start("true", as: 4)
        bench.edge.stop()
        #expect(bench.heard.of(4).isEmpty)
    }

    private static func isAlive(_ id: Int32) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
        else { return false }
        return !stat.contains(") Z ")
    }

    /// Open descriptors of this process that a run may have: other tests open others.
    private static var descriptors: Int {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return all.count { name in
            let link = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/fd/" + name)
            return link == "anon_inode:[pidfd]" || link?.hasSuffix(".log") == true
        }
    }

    /// Our shells and sleepers that have ended and were not reaped.
    private static var zombies: [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.filter { id in
            guard Int32(id) != nil,
                let stat = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
            else { return false }
            return stat.contains("(sleep) Z \(getpid()) ")
        }
    }
}
