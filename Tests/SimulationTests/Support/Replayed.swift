import Engine
import JSON
import Recording
import Simulation

/// A recording that was run again by today's code, beside what was recorded.
struct Replayed {
    private(set) var recorded: [RecordedTurn] = []
    private(set) var turns: [TurnCollector.Turn] = []
    let header: RecordingHeader
    let droppedLines: Int

    init(_ bytes: [UInt8]) throws {
        var reader = try RecordingReader(bytes)
        header = reader.header
        while let turn = try reader.next() { recorded.append(turn) }
        droppedLines = reader.droppedLines
        guard let first = recorded.first else { return }
        let entropy = ReplayEntropy(seed: header.seed)
        let collector = TurnCollector()
        try Replay.prepare(first, entropy)
        let station = try ReplayedStation(
            header, rows: reader.rows, entropy: entropy, observer: collector)
        entropy.endTurn()
        let replay = Replay(world: station, entropy: entropy, mode: .exact)
        turns = collector.take()
        for (turn, before) in zip(recorded.dropFirst(), recorded) {
            try replay.run(turn, before: before.events)
            turns += collector.take()
        }
    }

    /// The first turn that is not the same to the last bit.
    var firstDifference: UInt64? {
        for (then, now) in zip(recorded, turns)
        where then.lines != now.lines || then.trace != now.trace || then.events != now.events {
            return then.number
        }
        return recorded.count == turns.count
            ? nil : UInt64(min(recorded.count, turns.count))
    }

    /// The texts of a stream's entries, such as the bytes that were sent.
    func texts(_ kind: RecordedEntry.Kind, _ stream: String, _ key: String) -> [String] {
        recorded.flatMap(\.entries).filter { $0.kind == kind && $0.stream == stream }
            .compactMap { $0.content[key]?.stringValue }
    }
}
