import API
import Engine
import JSON
import Recording
import Store

/// The recording of one life of a simulated station.
final class LifeRecording {
    let collector = TurnCollector()
    private var text: RecordingText
    /// What belongs to the turn that is not written yet, or to the next one.
    private var marks: [[UInt8]] = []
    private var last: TurnCollector.Turn?
    private let encoder = LineEncoder(redaction: nil)

    /// - Throws: when the store cannot be read.
    init(
        _ plan: StationPlan, seed: UInt64, schedule: Schedule, start: Instant, utc: UTCTime,
        store: InMemoryStore
    ) throws {
        var rows: [RecordedRow] = []
        for (table, column) in StationWorld.tables {
            for row in try store.rows(in: table, orderedBy: column) {
                rows.append(RecordedRow(table: table, row: row))
            }
        }
        text = RecordingText(
            RecordingHeader(
                program: "simulation", utc: utc, seed: seed, start: start, pace: .virtual,
                schedule: schedule, configuration: plan.json),
            rows: rows)
    }

    /// Notes what happened in the world, before the next turn.
    func mark(_ kind: String, at time: Instant, _ fields: JSONObject) {
        collect()
        marks.append(encoder.mark(kind, event: 0, at: time, fields))
    }

    /// The whole life, as a recording.
    func finish() -> [UInt8] {
        collect()
        writeLast()
        return text.bytes
    }

    /// The last turn waits, so that what is marked at the very end has a turn to stand in.
    private func collect() {
        for turn in collector.take() {
            writeLast()
            last = turn
        }
    }

    private func writeLast() {
        guard let turn = last else { return }
        text.add(turn, marks: marks)
        marks = []
        last = nil
    }
}
