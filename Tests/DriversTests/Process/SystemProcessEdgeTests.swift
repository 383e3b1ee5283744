import Drivers
import Foundation
import Synchronization
import TestSupport
import Testing

/// Real programs on this machine.
@Suite(.timeLimit(.minutes(2))) struct SystemProcessEdgeTests {
    private let bench: ProcessBench

    init() throws {
        bench = try ProcessBench()
    }

    @Test func `a program's output goes into its log, errors too`() async throws {
        #expect(
            await bench.run("echo out; echo err >&2; exit 3") == [
                .started(port: nil), .ended(exitCode: 3),
            ])
        #expect(bench.log() == "out\nerr\n")
        let attributes = try FileManager.default.attributesOfItem(
            atPath: bench.folder.path + "/1.log")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `the last that a program prints is not lost`() async throws {
        let events = await bench.run("seq 1 40000") { $0.output = .captured }
        guard events.count == 3, case .output(let bytes) = events[1] else {
            Issue.record("\(events)")
            return
        }
        #expect(bytes.count == 228_894)
    }

    @Test func `a captured output comes in one piece before the end`() async {
        #expect(
            await bench.run("echo one; sleep 0.05; echo two") { $0.output = .captured } == [
                .started(port: nil), .output(Array("one\ntwo\n".utf8)), .ended(exitCode: 0),
            ])
    }

    @Test func `a program that prints more than is captured is ended`() async {
        let events = await bench.run("yes") { $0.output = .captured }
        #expect(events == [.started(port: nil), .failed(.outputTooLong)])
        #expect(bench.processes.isEmpty)
    }

    @Test func `a signal that ends a program is named`() async {
        #expect(await bench.run("kill -SEGV $$").last == .signalled("SEGV"))
        bench.start("exec sleep 600", as: 2)
        #expect(await eventually { bench.heard.of(2) == [.started(port: nil)] })
        bench.stop(2)
        #expect(await bench.events(of: 2).last == .signalled("TERM"))
    }

    @Test func `a program that cannot be started says why`() async {
        let failures: [(ProcessError, (inout ProgramCall) -> Void)] = [
            (.notFound, { $0.executable = "/bin/no such program" }),
            (.notExecutable, { $0.executable = "/etc/passwd" }),
            (.notExecutable, { $0.executable = "/bin" }),
            (.noDirectory, { $0.workingDirectory = "/no such folder" }),
            (.noDirectory, { $0.workingDirectory = "/etc/passwd" }),
            (.noLog(20), { $0.output = .log(path: "/etc/passwd/log", bytes: 10_000) }),
            (.invalidCall, { $0.executable = "sh" }),
            (.invalidCall, { $0.arguments = ["a\0b"] }),
            (.invalidCall, { $0.environment = ["BORESIGHT_STATION": "/elsewhere"] }),
        ]
        for (number, failure) in failures.enumerated() {
            let run = UInt64(number) + 1
            bench.start("true", as: run, failure.1)
            #expect(await bench.events(of: run) == [.failed(failure.0)])
        }
    }

    @Test func `a file without a first line that says what reads it is no program`() async throws {
        let file = bench.folder.path + "/words"
        // Written by another process: what another test starts at this moment would hold a file
        // that this one writes, and it would be busy.
        let script = #"echo words > "$1" && chmod 700 "$1""#
        let writer = try ChildProcess("sh", ["-c", script, "sh", file])
        #expect(await writer.waitForExit() == .code(0))
        #expect(await bench.run("") { $0.executable = file } == [.failed(.notExecutable)])
    }

    @Test func `the environment is what the call says, a little more and the cookies`() async {
        _ = await bench.run("") {
            $0.executable = "/usr/bin/env"
            $0.arguments = []
            $0.environment = ["LANG": "xx", "GREETING": "good day"]
        }
        let own = ["PATH", "HOME", "USER", "LOGNAME", "LC_ALL", "TZ", "TMPDIR"].compactMap { name in
            ProcessInfo.processInfo.environment[name].map { "\(name)=\($0)" }
        }
        let expected =
            own + [
                "LANG=xx", "GREETING=good day", "BORESIGHT_SESSION=run-1",
                "BORESIGHT_STATION=\(bench.station)",
            ]
        #expect(bench.log().split(separator: "\n").map(String.init) == expected.sorted())
    }

    @Test func `nothing else of the station's is handed on`() async throws {
        // A descriptor that is not closed on exec, as a careless library makes them.
        let loose = open("/dev/zero", O_RDONLY)
        defer { close(loose) }
        signal(SIGUSR1, SIG_IGN)
        defer { signal(SIGUSR1, SIG_DFL) }
        _ = await bench.run(
            """
            ls -l /proc/self/fd | grep -o '[0-9]* ->.*'
            grep -E 'SigBlk|SigIgn' /proc/self/status
            ps -o pid=,pgid=,sid= -p $$ | tr -s ' '; echo $$; pwd
            """)
        let lines = bench.log().split(separator: "\n").map(String.init)
        try #require(lines.count == 9, "\(lines)")
        #expect(lines[0] == "0 -> /dev/null")
        #expect(lines[1].hasPrefix("1 -> pipe:") && lines[2].hasPrefix("2 -> pipe:"))
        // The listing's own folder is the only other one.
        #expect(lines[3].hasPrefix("3 -> /proc/"))
        #expect(lines[4] == "SigBlk:\t0000000000000000")
        let ignored = UInt64(lines[5].suffix(16), radix: 16) ?? .max
        // glibc keeps 32 and 33 for itself, and ignores them in what it spawns.
        #expect(ignored & ~(3 << 31) == 0, "\(lines[5])")
        let id = lines[7]
        #expect(lines[6].split(separator: " ").map(String.init) == [id, id, id])
        #expect(lines[8] == "/")
    }

    @Test func `a program begins where it is told`() async {
        _ = await bench.run("pwd") { $0.workingDirectory = "/usr" }
        #expect(bench.log() == "/usr\n")
    }

    @Test func `no argument is split or read by a shell`() async {
        _ = await bench.run("") {
            $0.executable = "/usr/bin/printf"
            $0.arguments = ["[%s]", "a b", "$HOME;*", "", "{port}"]
        }
        #expect(bench.log() == "[a b][$HOME;*][][{port}]")
    }

    @Test func `two runs of one name, and too many, are refused`() async throws {
        let bench = try ProcessBench { $0.programs = 2 }
        bench.start("exec sleep 600", as: 1)
        bench.start("true", as: 2) { $0.name = "run-1" }
        #expect(await bench.events(of: 2) == [.failed(.nameTaken)])
        bench.start("exec sleep 600", as: 3)
        bench.start("true", as: 4)
        #expect(await bench.events(of: 4) == [.failed(.tooMany)])
        bench.stop(1)
        _ = await bench.events(of: 1)
        bench.start("true", as: 5) { $0.name = "run-1" }
        #expect(await bench.events(of: 5).last == .ended(exitCode: 0))
    }

    @Test func `what the core has no room for is offered again, in order`() async throws {
        let folder = try TemporaryFolder()
        let refusals = Mutex(5)
        let heard = ProcessBench.Heard()
        let edge = SystemProcessEdge(station: folder.path) { run, event in
            let isRefused = refusals.withLock { left in
                left -= 1
                return left >= 0
            }
            if !isRefused { heard.add(run, event) }
            return !isRefused
        }
        edge.perform(
            .start(ProgramCall(name: "a", executable: "/bin/true", output: .captured)), on: 1)
        #expect(await eventually { heard.of(1).last?.isFinal == true })
        #expect(heard.of(1) == [.started(port: nil), .output([]), .ended(exitCode: 0)])
    }

    @Test func `a log keeps its newest end`() async throws {
        _ = await bench.run("seq 1 20000; echo last") {
            $0.output = .log(path: bench.folder.path + "/1.log", bytes: 10_000)
        }
        let newest = bench.log()
        let older = try bench.folder.text(of: "1.log.1")
        #expect(newest.hasSuffix("20000\nlast\n"))
        #expect(older.utf8.count == 5000 && newest.utf8.count <= 5000)
        let text = (1...20_000).map { "\($0)\n" }.joined() + "last\n"
        #expect(text.hasSuffix(older + newest))
    }
}
