import Drivers
import Synchronization
import TestSupport
import Testing

@Suite(
    .timeLimit(.minutes(2)),
    .enabled(if: SSHServer.isInstalled, "needs openssh-server and openssh-client"))
struct LibSSHEdgeTests {
    /// What the edge reported, in order.
    private final class Heard: Sendable {
        private let events = Mutex<[UInt64: [SSHEvent]]>([:])

        func add(_ run: UInt64, _ event: SSHEvent) {
            events.withLock { $0[run, default: []].append(event) }
        }

        func of(_ run: UInt64) -> [SSHEvent] { events.withLock { $0[run] ?? [] } }
    }

    private let heard: Heard
    private let edge: LibSSHEdge
    private let server: SSHServer

    init() async throws {
        let heard = Heard()
        self.heard = heard
        var limits = SSHLimits()
        limits.outputBytes = 4096
        edge = try LibSSHEdge(limits: limits) { run, event in
            heard.add(run, event)
            return true
        }
        server = try await SSHServer()
    }

    /// All events of a run that has ended; exactly the last one is final.
    private func events(of run: UInt64 = 1) async -> [SSHEvent] {
        _ = await eventually(within: .seconds(60)) { heard.of(run).last?.isFinal ?? false }
        let events = heard.of(run)
        #expect(events.filter(\.isFinal).count == 1)
        return events
    }

    private func run(
        _ text: String, _ change: (inout SSHCommand) -> Void = { _ in }
    ) async -> [SSHEvent] {
        edge.perform(.run(server.command(text, change)), on: 1)
        return await events()
    }

    private func text(_ events: [SSHEvent], isError: Bool = false) -> String {
        let bytes = events.flatMap { event in
            guard case .output(let bytes, isError) = event else { return [UInt8]() }
            return bytes
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `a command's output, errors and exit code are told`() async {
        let events = await run("echo out; echo err >&2; exit 7")
        #expect(events.first == .connected)
        #expect(text(events) == "out\n")
        #expect(text(events, isError: true) == "err\n")
        #expect(events.last == .ended(exitCode: 7))
    }

    @Test func `output is told as it comes`() async throws {
        let go = server.folder.path + "/go"
        let text = "echo one; while [ ! -e \(go) ]; do sleep 0.01; done; echo two"
        edge.perform(.run(server.command(text)), on: 1)
        #expect(await eventually { heard.of(1).last == .output(bytes("one\n"), isError: false) })
        try server.folder.write("", to: "go")
        #expect(
            await events() == [
                .connected, .output(bytes("one\n"), isError: false),
                .output(bytes("two\n"), isError: false), .ended(exitCode: 0),
            ])
    }

    @Test func `a signal that ends the command is named`() async {
        #expect(await run("kill -TERM $$").last == .signalled("TERM"))
    }

    @Test func `another host key is refused before the login`() async {
        let events = await run("true") { $0.hostKeyFingerprint = "SHA256:other" }
        #expect(events == [.failed(.hostKeyMismatch(found: server.fingerprint))])
    }

    @Test func `an unknown host key is refused and told`() async {
        let events = await run("true") { $0.hostKeyFingerprint = nil }
        #expect(events == [.failed(.hostKeyUnknown(fingerprint: server.fingerprint))])
    }

    @Test func `a key that the device does not know is refused`() async throws {
        let stranger = try server.folder.text(of: "stranger")
        let events = await run("true") {
            $0.authentication = .privateKey(stranger, passphrase: nil)
        }
        #expect(events == [.failed(.authenticationRefused)])
    }

    /// The server takes no passwords, as it could not check one without PAM.
    @Test func `a password that the device does not take is refused`() async {
        let events = await run("true") { $0.authentication = .password("secret") }
        #expect(events == [.failed(.authenticationRefused)])
    }

    @Test func `what is no key is not sent`() async {
        let events = await run("true") { $0.authentication = .privateKey("no", passphrase: nil) }
        #expect(events == [.failed(.keyUnreadable)])
    }

    @Test(arguments: ["", "true\0; false"])
    func `a text that would reach the device cut short is refused`(text: String) async {
        #expect(await run(text) == [.failed(.invalidCommand)])
    }

    @Test func `a port where nobody listens refuses`() async throws {
        let port = try Loopback.freePort()
        #expect(await run("true") { $0.port = port } == [.failed(.refused)])
    }

    @Test func `a server that says nothing is given up`() async throws {
        let backlog = try FullBacklog()
        let events = await run("true") {
            $0.port = backlog.port
            $0.connectTimeout = .milliseconds(100)
        }
        #expect(events == [.failed(.connectTimedOut)])
    }

    @Test func `a command that does not end in time is given up`() async {
        let events = await run("exec sleep 30") { $0.totalTimeout = .seconds(2) }
        #expect(events.last == .failed(.commandTimedOut))
    }

    @Test func `a run can be cancelled`() async {
        edge.perform(.run(server.command("echo begun; exec sleep 30")), on: 1)
        #expect(await eventually { text(heard.of(1)) == "begun\n" })
        edge.perform(.cancel, on: 1)
        #expect(await events().last == .failed(.cancelled))
    }

    /// The command's parent is the sshd of this one connection.
    @Test func `a connection that breaks off ends the run`() async {
        #expect(await run("echo half; kill -KILL $PPID").last == .failed(.disconnected))
    }

    @Test func `output beyond the bound ends the run`() async {
        let events = await run("yes")
        #expect(text(events).utf8.count == 4096)
        #expect(events.last == .failed(.outputTooLong))
    }

    @Test func `many runs go on at once`() async {
        for run in 1...20 as ClosedRange<UInt64> {
            edge.perform(.run(server.command("echo \(run); exit \(run)")), on: run)
        }
        for run in 1...20 as ClosedRange<UInt64> {
            let events = await events(of: run)
            #expect(text(events) == "\(run)\n")
            #expect(events.last == .ended(exitCode: UInt32(run)))
        }
    }

    @Test func `stopping ends what runs, and is final`() async {
        edge.perform(.run(server.command("echo begun; exec sleep 30")), on: 1)
        #expect(await eventually { text(heard.of(1)) == "begun\n" })
        edge.stop()
        #expect(heard.of(1).last == .failed(.cancelled))
        edge.perform(.run(server.command("true")), on: 2)
        edge.stop()
        #expect(heard.of(2).isEmpty)
    }
}
