import JSON
import Recording
import Simulation

/// A recording that was run again by today's code, with what was recorded.
struct Replayed {
    private(set) var recorded: [RecordedTurn] = []
    let header: RecordingHeader
    let droppedLines: Int
    /// The first difference, to the last bit; log lines may differ.
    let divergence: Divergence?

    init(_ bytes: [UInt8]) throws {
        var reader = try RecordingReader(bytes)
        header = reader.header
        var turns: [RecordedTurn] = []
        divergence = try ExactReplay.run(&reader, sees: { turns.append($0) }).divergence
        recorded = turns
        droppedLines = reader.droppedLines
    }

    /// The texts of a stream's entries, such as the bytes that were sent.
    func texts(_ kind: RecordedEntry.Kind, _ stream: String, _ key: String) -> [String] {
        recorded.flatMap(\.entries).filter { $0.kind == kind && $0.stream == stream }
            .compactMap { $0.content[key]?.stringValue }
    }
}
