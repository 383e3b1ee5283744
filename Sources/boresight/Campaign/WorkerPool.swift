import Engine
import Glibc
import Simulation
import Synchronization

/// Workers on every core that run seeds of one scenario until the time is over.
final class WorkerPool: Sendable {
    struct Settings: Sendable {
        let file: String
        let overrides: [String]
        let firstSeed: UInt64
        let jobs: Int
        /// No run may take longer without an answer.
        let patience: Duration
        /// Seeds in all; nil for as many as the time allows.
        let mostRuns: Int?
    }

    private struct State {
        var tally = CampaignTally()
        var started = 0
        var isOver = false
        var problem: CommandFailure?
    }

    private let settings: Settings
    private let journal: CampaignJournal
    private let state = Mutex(State())

    init(_ settings: Settings, journal: CampaignJournal) {
        self.settings = settings
        self.journal = journal
    }

    /// Runs for a while and gives what was found.
    func run(for budget: Duration) throws(CommandFailure) -> CampaignTally {
        let end = ContinuousClock.now.advanced(by: budget)
        var threads: [SystemThread] = []
        for number in 0..<settings.jobs {
            do throws(SystemThreadError) {
                threads.append(
                    try SystemThread(name: "campaign-\(number)") { [self] in
                        work(from: settings.firstSeed &+ UInt64(number), until: end)
                    })
            } catch {
                throw CommandFailure(.failure, "cannot start a thread: \(error.reason)")
            }
        }
        for thread in threads { thread.join() }
        let (tally, problem) = state.withLock { ($0.tally, $0.problem) }
        if let problem { throw problem }
        return tally
    }

    private func work(from first: UInt64, until end: ContinuousClock.Instant) {
        var next = first
        while ContinuousClock.now < end, !state.withLock({ $0.isOver }) {
            do throws(CommandFailure) {
                guard try runWorker(from: &next, until: end) else { return }
            } catch {
                return state.withLock { state in
                    state.problem = error
                    state.isOver = true
                }
            }
        }
    }

    /// Runs one worker until it dies or the time is over; false when all is done.
    private func runWorker(
        from next: inout UInt64, until end: ContinuousClock.Instant
    ) throws(CommandFailure) -> Bool {
        var worker = try SimulationWorker(
            arguments: [
                settings.file, "--seed", String(next), "--stride", String(settings.jobs),
                "--runs", "1000000", "--stop-at-failure",
            ] + settings.overrides.flatMap { ["--set", $0] })
        while true {
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { return false }
            switch worker.next(patience: min(settings.patience, left)) {
            case .begins(let seed):
                guard mayStart() else { return false }
                journal.begins(settings.file, seed)
                next = seed
            case .ended(let run, _):
                next = run.seed &+ UInt64(settings.jobs)
                add(run)
            case .crashed(let reason): return try died(&next, "crash", reason)
            case .hung:
                guard ContinuousClock.now < end else { return false }
                return try died(&next, "hang", "no end within \(settings.patience)")
            case .finished: return false
            }
        }
    }

    private func mayStart() -> Bool {
        state.withLock { state in
            if let most = settings.mostRuns, state.started >= most { state.isOver = true }
            guard !state.isOver else { return false }
            state.started += 1
            return true
        }
    }

    private func died(
        _ next: inout UInt64, _ signature: String, _ detail: String
    ) throws(CommandFailure) -> Bool {
        // A worker that dies before its first run has another trouble than a seed.
        guard state.withLock({ $0.started > 0 }) else {
            throw CommandFailure(.failure, "\(settings.file): \(detail)")
        }
        add(
            CampaignRun(
                seed: next, events: 0, signature: signature, detail: detail, sometimes: [:]))
        next &+= UInt64(settings.jobs)
        return true
    }

    private func add(_ run: CampaignRun) {
        journal.ended(settings.file, run)
        state.withLock { $0.tally.add(run) }
    }
}
