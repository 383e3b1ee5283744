package import Engine
package import Recording

/// Runs a recording again, turn for turn, and compares to the last bit.
package struct ExactReplay {
    /// How far a replay went, and what it found.
    package struct Result: Sendable, Equatable {
        package var turns: UInt64 = 0
        package var events: UInt64 = 0
        package var end = Instant.start
        /// The event hash at the end, as it was recorded.
        package var trace: UInt64 = 0
        package var divergence: Divergence?
    }

    /// Replays until the end, or until `isDone` says so after a turn.
    ///
    /// - Parameter sees: called before each turn is run.
    /// - Throws: `RecordingError` for a broken recording; what puts a station together throws too.
    package static func run(
        _ reader: inout RecordingReader, sees: (RecordedTurn) throws -> Void = { _ in },
        isDone: (RecordedTurn) -> Bool = { _ in false }
    ) throws -> Result {
        var result = Result()
        guard let first = try reader.next() else { return result }
        let entropy = ReplayEntropy(seed: reader.header.seed)
        let collector = TurnCollector()
        try sees(first)
        try Replay.prepare(first, entropy)
        let station = try ReplayedStation(
            reader.header, rows: reader.rows, entropy: entropy, observer: collector)
        entropy.endTurn()
        let replay = Replay(world: station, entropy: entropy, mode: .exact)
        result.note(first, collector.take().first)
        var last = first
        while result.divergence == nil, !isDone(last), let turn = try reader.next() {
            try sees(turn)
            try replay.run(turn, before: last.events)
            result.note(turn, collector.take().first)
            last = turn
        }
        return result
    }
}

extension ExactReplay.Result {
    fileprivate mutating func note(_ recorded: RecordedTurn, _ replayed: TurnCollector.Turn?) {
        turns += 1
        events = recorded.events
        end = recorded.at
        trace = recorded.trace
        divergence = Divergence(recorded: recorded, replayed: replayed)
    }
}
