import Drivers
import Synchronization
import TestSupport
import Testing

/// Commands on a real sshd: what they print, how they end, and how they are ended.
@Suite(.timeLimit(.minutes(2))) struct LibSSHEdgeTests {
    private let bench: SSHBench

    init() async throws {
        var limits = SSHLimits()
        limits.outputBytes = 4096
        limits.inputBytes = 1024 * 1024
        bench = try await SSHBench(limits: limits)
    }

    // MARK: Running

    @Test func `a command's output, errors and exit code are told`() async {
        let events = await bench.run("echo out; echo err >&2; exit 7")
        #expect(events.first == .connected)
        #expect(events.printed == "out\n")
        #expect(events.complained == "err\n")
        #expect(events.last == .ended(exitCode: 7))
    }

    @Test func `output is told in pieces, as it comes`() async throws {
        let go = bench.server.folder.path + "/go"
        bench.start("echo one; while [ ! -e \(go) ]; do sleep 0.01; done; echo two")
        #expect(await bench.hears("one\n"))
        try bench.server.folder.write("", to: "go")
        #expect(
            await bench.events() == [
                .connected, .output(bytes("one\n"), isError: false),
                .output(bytes("two\n"), isError: false), .ended(exitCode: 0),
            ])
    }

    @Test func `each of both streams keeps its order`() async {
        let events = await bench.run(
            "i=0; while [ $i -lt 300 ]; do echo $i; echo $i >&2; i=$((i + 1)); done")
        let numbers = (0..<300).map { "\($0)\n" }.joined()
        #expect(events.printed == numbers)
        #expect(events.complained == numbers)
    }

    @Test func `a command reads its input to the end`() async {
        let events = await bench.run("wc -c") { $0.input = [UInt8](repeating: 7, count: 300_000) }
        #expect(events.printed == "300000\n")
        #expect(events.last == .ended(exitCode: 0))
    }

    @Test func `without an input a command reads its end at once`() async {
        #expect(await bench.run("cat; echo end").printed == "end\n")
    }

    /// More than the device takes unread.
    @Test func `a command need not read its input`() async {
        let events = await bench.run("exit 3") { $0.input = [UInt8](repeating: 7, count: 1 << 20) }
        #expect(events.last == .ended(exitCode: 3))
    }

    @Test func `a signal that ends the command is named`() async {
        let events = await bench.run("kill -TERM $$")
        #expect(events == [.connected, .signalled("TERM")])
    }

    @Test func `output beyond the bound ends the run`() async {
        let events = await bench.run("yes")
        #expect(events.printed.utf8.count == 4096)
        #expect(events.last == .failed(.outputTooLong))
    }

    @Test func `both streams share the bound`() async {
        let events = await bench.run("yes | head -c 3000; yes | head -c 3000 >&2; sleep 300")
        #expect(events.printed.utf8.count + events.complained.utf8.count == 4096)
        #expect(events.last == .failed(.outputTooLong))
    }

    @Test func `output up to the bound is no failure`() async {
        let events = await bench.run("yes | head -c 4096")
        #expect(events.printed.utf8.count == 4096)
        #expect(events.last == .ended(exitCode: 0))
    }

    @Test func `many runs go on at once`() async {
        for run in 1...20 as ClosedRange<UInt64> {
            bench.start("echo \(run); exit \(run)", as: run)
        }
        for run in 1...20 as ClosedRange<UInt64> {
            let events = await bench.events(of: run)
            #expect(events.printed == "\(run)\n")
            #expect(events.last == .ended(exitCode: UInt32(run)))
        }
    }

    @Test func `a name is looked up`() async {
        let events = await bench.run("echo here") { $0.host = "localhost" }
        #expect(events.printed == "here\n")
    }

    // MARK: Refused here

    @Test(arguments: ["", "true\0; false"])
    func `a text that would reach the device cut short is refused`(text: String) async {
        #expect(await bench.run(text) == [.failed(.invalidCommand)])
    }

    @Test func `an input beyond its bound is refused`() async {
        let events = await bench.run("true") {
            $0.input = [UInt8](repeating: 7, count: 1024 * 1024 + 1)
        }
        #expect(events == [.failed(.invalidCommand)])
    }

    // MARK: Ending

    @Test func `a cancelled run ends on the device too`() async {
        let path = bench.server.folder.path
        bench.start("trap 'echo > \(path)/ended; exit' TERM; echo begun; sleep 300 & wait")
        #expect(await bench.hears("begun\n"))
        bench.edge.perform(.cancel, on: 1)
        let events = await bench.events()
        #expect(events.last == .failed(.cancelled))
        #expect(await eventually { (try? bench.server.folder.text(of: "ended")) != nil })
    }

    @Test func `a cancel after the end changes nothing`() async {
        let events = await bench.run("true")
        bench.edge.perform(.cancel, on: 1)
        bench.start("true", as: 2)
        _ = await bench.events(of: 2)
        #expect(bench.heard.of(1) == events)
    }

    @Test func `stopping ends what runs, and is final`() async {
        bench.start("echo begun; exec sleep 300")
        #expect(await bench.hears("begun\n"))
        bench.edge.stop()
        #expect(bench.heard.of(1).last == .failed(.cancelled))
        bench.start("true", as: 2)
        bench.edge.stop()
        #expect(bench.heard.of(2).isEmpty)
    }

    @Test func `an edge that nobody used stops as well`() {
        bench.edge.stop()
        bench.start("true")
        #expect(bench.heard.of(1).isEmpty)
    }

    @Test func `what a full core refuses is offered again, in order`() async {
        let heard = SSHBench.Heard()
        let offers = Mutex(0)
        let edge = LibSSHEdge { run, event in
            let isTaken = offers.withLock { offers in
                offers += 1
                return offers % 3 == 0
            }
            if isTaken { heard.add(run, event) }
            return isTaken
        }
        for run in 1...3 as ClosedRange<UInt64> {
            edge.perform(.run(bench.server.command("echo out; echo err >&2; exit 7")), on: run)
        }
        for run in 1...3 as ClosedRange<UInt64> {
            #expect(await eventually { heard.of(run).last == .ended(exitCode: 7) })
            #expect(heard.of(run).first == .connected)
            #expect(heard.of(run).printed == "out\n")
            #expect(heard.of(run).complained == "err\n")
        }
        edge.stop()
    }
}
