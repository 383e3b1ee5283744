import Drivers
import Foundation
import TestSupport
import Testing

/// Devices that are away, silent, stuck, or gone in the middle.
@Suite(.timeLimit(.minutes(2))) struct LibSSHEdgeFailureTests {
    private let bench: SSHBench

    init() async throws {
        bench = try await SSHBench()
    }

    // MARK: Not there

    @Test func `a port where nobody listens refuses`() async throws {
        let port = try Loopback.freePort()
        #expect(await bench.run("true") { $0.port = port } == [.failed(.refused)])
    }

    @Test func `a device whose sshd has been killed refuses`() async {
        bench.server.kill()
        #expect(await bench.run("true") == [.failed(.refused)])
    }

    @Test func `a name without an address is told`() async {
        let events = await bench.run("true") { $0.host = "nowhere.invalid" }
        #expect(events == [.failed(.unresolvable)])
    }

    // MARK: Silent

    @Test func `a device that takes no connection is given up`() async throws {
        let backlog = try FullBacklog()
        let events = await bench.run("true") {
            $0.port = backlog.port
            $0.connectTimeout = .milliseconds(100)
        }
        #expect(events == [.failed(.connectTimedOut)])
    }

    /// The kernel connects, and nobody says a word.
    @Test func `an sshd that hangs is given up`() async {
        bench.server.signal(SIGSTOP)
        let events = await bench.run("true") { $0.connectTimeout = .milliseconds(200) }
        bench.server.signal(SIGCONT)
        #expect(events == [.failed(.connectTimedOut)])
    }

    @Test func `a command that does not end in time is given up`() async {
        let events = await bench.run("exec sleep 300") { $0.totalTimeout = .seconds(2) }
        #expect(events.last == .failed(.commandTimedOut))
    }

    @Test func `a run that waits for its turn can run out of time`() async throws {
        var limits = SSHLimits()
        limits.sessions = 1
        let bench = try await SSHBench(limits: limits)
        bench.start("echo begun; exec sleep 300")
        #expect(await bench.hears("begun\n"))
        bench.start("true", as: 2) { $0.totalTimeout = .milliseconds(50) }
        #expect(await bench.events(of: 2) == [.failed(.commandTimedOut)])
        bench.start("echo next", as: 3)
        bench.edge.perform(.cancel, on: 1)
        #expect(await bench.events(of: 3).printed == "next\n")
    }

    @Test func `more waiting runs than the bound are refused`() async throws {
        var limits = SSHLimits()
        limits.sessions = 1
        limits.waiting = 1
        let bench = try await SSHBench(limits: limits)
        bench.start("echo begun; exec sleep 300")
        #expect(await bench.hears("begun\n"))
        bench.start("true", as: 2)
        bench.start("true", as: 3)
        #expect(await bench.events(of: 3) == [.failed(.busy)])
        bench.edge.perform(.cancel, on: 2)
        #expect(await bench.events(of: 2) == [.failed(.cancelled)])
    }

    // MARK: Gone

    /// The command's parent is the sshd of this one session.
    @Test func `a session that is killed on the device ends the run`() async throws {
        let go = bench.server.folder.path + "/go"
        bench.start("echo half; while [ ! -e \(go) ]; do sleep 0.01; done; kill -KILL $PPID")
        #expect(await bench.hears("half\n"))
        try bench.server.folder.write("", to: "go")
        #expect(await bench.events().last == .failed(.disconnected))
        #expect(bench.heard.of(1).printed == "half\n")
    }

    @Test func `a device that hangs up ends the run`() async throws {
        let listener = try LoopbackListener()
        bench.start("true") { $0.port = listener.port }
        try listener.accept()
        listener.closePeer()
        #expect(await bench.events() == [.failed(.disconnected)])
    }

    @Test func `what speaks no SSH is not spoken to`() async throws {
        let listener = try LoopbackListener()
        bench.start("true") { $0.port = listener.port }
        try listener.accept()
        listener.send("SSH-1.5-older\r\n")
        #expect(await bench.events() == [.failed(.protocolFailed)])
    }
}
