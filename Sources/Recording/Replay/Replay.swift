package import Engine

/// The station that a recording is fed to.
package protocol ReplayedWorld {
    var core: Core { get }
    /// Sends an input through the port that it came through.
    func feed(_ input: RecordedInput)
}

/// Feeds a recording to a core, turn by turn, in virtual time.
package struct Replay {
    /// How the turns of today's code are timed.
    package enum Mode: Sendable, Equatable {
        /// Exactly the recorded turns: what was done must be done again to the last bit.
        case exact
        /// Timers that are due well before the next recorded turn ring when they are due, as they
        /// would in a live station; for code that may have changed.
        case free(slack: Duration)
    }

    /// How much later than due a timer of a live station may ring without it meaning anything: the
    /// time that a busy machine of two cores lets a thread wait.
    package static let liveSlack = Duration.milliseconds(50)

    package let world: any ReplayedWorld
    package let entropy: ReplayEntropy
    private let mode: Mode

    package init(world: any ReplayedWorld, entropy: ReplayEntropy, mode: Mode) {
        self.world = world
        self.entropy = entropy
        self.mode = mode
    }

    /// Gives the entropy that a turn will draw; for the first turn, before its world is made.
    package static func prepare(
        _ turn: RecordedTurn, _ entropy: ReplayEntropy
    ) throws(RecordingError) {
        entropy.add(try draws(inputs(of: turn)))
    }

    /// Runs one recorded turn.
    ///
    /// - Parameter before: the events of the core before this turn, as recorded.
    package func run(_ turn: RecordedTurn, before: UInt64) throws(RecordingError) {
        let inputs = try Self.inputs(of: turn)
        if case .free(let slack) = mode {
            let until = turn.at.advanced(by: .zero - slack)
            if until > world.core.look({ world.core.now }) { world.core.run(until: until) }
        }
        entropy.add(Self.draws(inputs))
        let events = turn.events > before ? Int(clamping: turn.events - before) : 0
        world.core.replayTurn(at: turn.at, events: events) {
            for input in inputs {
                if case .entropy = input { continue }
                world.feed(input)
            }
        }
        entropy.endTurn()
    }

    private static func draws(_ inputs: [RecordedInput]) -> [[UInt8]] {
        inputs.compactMap { input in
            if case .entropy(let bytes) = input { bytes } else { nil }
        }
    }

    private static func inputs(of turn: RecordedTurn) throws(RecordingError) -> [RecordedInput] {
        var inputs: [RecordedInput] = []
        for (index, entry) in turn.entries.enumerated() where entry.kind == .input {
            do throws(RecordingProblem) {
                inputs.append(try RecordedInput(entry))
            } catch {
                throw RecordingError(line: turn.firstLine + index, error)
            }
        }
        return inputs
    }
}
