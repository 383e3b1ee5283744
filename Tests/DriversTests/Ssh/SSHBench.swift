import Drivers
import Synchronization
import TestSupport
import Testing

/// An edge with a real sshd before it, and what the edge reports.
struct SSHBench {
    /// What the edge reported, in order.
    final class Heard: Sendable {
        private let events = Mutex<[(run: UInt64, event: SSHEvent)]>([])

        func add(_ run: UInt64, _ event: SSHEvent) {
            events.withLock { $0.append((run, event)) }
        }

        func of(_ run: UInt64) -> [SSHEvent] {
            events.withLock { $0.filter { $0.run == run }.map(\.event) }
        }
    }

    let server: SSHServer
    let edge: LibSSHEdge
    let heard = Heard()

    init(_ passwords: SSHServer.Passwords = .asPassword, limits: SSHLimits = SSHLimits())
        async throws
    {
        server = try await SSHServer(passwords)
        edge = LibSSHEdge(limits: limits) { [heard] run, event in
            heard.add(run, event)
            return true
        }
    }

    func start(
        _ text: String, as run: UInt64 = 1, _ change: (inout SSHCommand) -> Void = { _ in }
    ) {
        edge.perform(.run(server.command(text, change)), on: run)
    }

    /// All events of a run that has ended; exactly the last one is final.
    func events(of run: UInt64 = 1) async -> [SSHEvent] {
        let hasEnded = await eventually(within: .seconds(60)) {
            heard.of(run).last?.isFinal ?? false
        }
        #expect(hasEnded)
        let events = heard.of(run)
        #expect(events.filter(\.isFinal).count == 1)
        return events
    }

    func run(
        _ text: String, _ change: (inout SSHCommand) -> Void = { _ in }
    ) async -> [SSHEvent] {
        start(text, change)
        return await events()
    }

    /// Waits until a run has printed this and no more.
    func hears(_ text: String, of run: UInt64 = 1) async -> Bool {
        await eventually { heard.of(run).printed == text }
    }
}

extension [SSHEvent] {
    /// What the command has printed.
    var printed: String { text(isError: false) }

    /// What the command has printed as its errors.
    var complained: String { text(isError: true) }

    private func text(isError: Bool) -> String {
        let bytes = flatMap { event in
            guard case .output(let bytes, isError) = event else { return [UInt8]() }
            return bytes
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
