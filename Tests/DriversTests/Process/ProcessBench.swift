import Drivers
import Foundation
import Synchronization
import TestSupport
import Testing

/// An edge that runs real programs, and what it reports.
struct ProcessBench {
    /// What the edge reported, in order.
    final class Heard: Sendable {
        private let events = Mutex<[(run: UInt64, event: ProcessEvent)]>([])

        func add(_ run: UInt64, _ event: ProcessEvent) {
            events.withLock { $0.append((run, event)) }
        }

        func of(_ run: UInt64) -> [ProcessEvent] {
            events.withLock { $0.filter { $0.run == run }.map(\.event) }
        }
    }

    let folder: TemporaryFolder
    let edge: SystemProcessEdge
    let heard = Heard()

    init(_ change: (inout ProcessLimits) -> Void = { _ in }) throws {
        var limits = ProcessLimits()
        change(&limits)
        folder = try TemporaryFolder()
        edge = SystemProcessEdge(station: folder.path, limits: limits) { [heard] run, event in
            heard.add(run, event)
            return true
        }
    }

    /// A call of a shell, which is the program here; its log is `RUN.log`.
    func shell(
        _ script: String, run: UInt64 = 1, _ change: (inout ProgramCall) -> Void = { _ in }
    ) -> ProgramCall {
        var call = ProgramCall(
            name: "run-\(run)", executable: "/bin/sh", arguments: ["-c", ProgramText(script)],
            output: .log(path: folder.path + "/\(run).log", bytes: 1_000_000))
        change(&call)
        return call
    }

    func start(
        _ script: String, as run: UInt64 = 1, _ change: (inout ProgramCall) -> Void = { _ in }
    ) {
        edge.perform(.start(shell(script, run: run, change)), on: run)
    }

    func stop(_ run: UInt64 = 1) {
        edge.perform(.stop, on: run)
    }

    /// Waits for the run's end: all of its events, of which exactly the last is final.
    func events(of run: UInt64 = 1) async -> [ProcessEvent] {
        let hasEnded = await eventually(within: .seconds(60)) {
            heard.of(run).last?.isFinal ?? false
        }
        #expect(hasEnded)
        let events = heard.of(run)
        #expect(events.filter(\.isFinal).count == 1)
        return events
    }

    func run(
        _ script: String, _ change: (inout ProgramCall) -> Void = { _ in }
    ) async -> [ProcessEvent] {
        start(script, change)
        return await events()
    }

    func log(of run: UInt64 = 1) -> String { (try? folder.text(of: "\(run).log")) ?? "" }

    /// Waits until a run has printed a text.
    func prints(_ text: String, run: UInt64 = 1) async -> Bool {
        await eventually { log(of: run).contains(text) }
    }

    /// The living processes of this bench, as everyone can see them.
    var processes: [Int32] { MachineProcesses.carrying("BORESIGHT_STATION=" + station) }

    /// Without links, as in a cookie.
    var station: String { ProcessCookie.station(folder.path) }
}
