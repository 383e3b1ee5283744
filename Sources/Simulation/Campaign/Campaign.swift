package import Engine
import Synchronization

/// Many seeds of one scenario inside this process, on several threads.
///
/// For tests and small searches: a crash of the station ends the process. The command runs worker
/// processes instead.
package struct Campaign: Sendable {
    package var threads = 2
    package var options: Simulation.Options
    /// Makes one concrete scenario of a seed.
    package let draw: @Sendable (UInt64) -> Scenario

    package init(
        options: Simulation.Options = Simulation.Options(),
        draw: @escaping @Sendable (UInt64) -> Scenario
    ) {
        self.options = options
        self.options.stopsAtFailure = true
        self.draw = draw
    }

    private final class Progress: Sendable {
        struct State {
            var next: UInt64
            var tally = CampaignTally()
        }

        let state: Mutex<State>

        init(first: UInt64) {
            state = Mutex(State(next: first))
        }
    }

    /// Runs seeds until all are done or, when asked, one has failed.
    package func run(
        seeds: Range<UInt64>, untilFailure: Bool = false
    ) throws(SystemThreadError) -> CampaignTally {
        let progress = Progress(first: seeds.lowerBound)
        var workers: [SystemThread] = []
        for number in 0..<max(1, threads) {
            workers.append(
                try SystemThread(name: "campaign-\(number)") {
                    work(on: progress, until: seeds.upperBound, untilFailure: untilFailure)
                })
        }
        for worker in workers { worker.join() }
        return progress.state.withLock { $0.tally }
    }

    private func work(on progress: Progress, until end: UInt64, untilFailure: Bool) {
        while true {
            let seed = progress.state.withLock { state -> UInt64? in
                guard state.next < end, !(untilFailure && !state.tally.failures.isEmpty) else {
                    return nil
                }
                defer { state.next += 1 }
                return state.next
            }
            guard let seed else { return }
            let result = Simulation.run(draw(seed), seed: seed, options: options)
            progress.state.withLock { $0.tally.add(CampaignRun(result)) }
        }
    }
}
