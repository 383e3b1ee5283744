import API
import Engine
import Glibc
import JSON
import Recording
import Store

/// What a daemon writes down about itself.
struct StationRecorder {
    let observer: Recorder

    /// Starts what the plan asks for; nil when that is nothing.
    static func start(
        _ plan: DaemonPlan, utc: UTCTime, rows: StoredRows, _ log: Log
    ) throws(CommandFailure) -> StationRecorder? {
        guard plan.record != nil || plan.history != nil else { return nil }
        if let history = plan.history { History.keepLast(history.path) }
        let header = RecordingHeader(
            program: Version.current, utc: utc, seed: plan.seed, pace: .live,
            configuration: plan.station.json)
        let recorder: Recorder
        do throws(SystemThreadError) {
            recorder = try Recorder(
                header: header, rows: rows.recorded,
                redaction: Redaction(key: SystemEntropy.bytes(32)),
                history: plan.history.map { ($0.path, $0.size) }
            ) { news in
                switch news {
                case .started(let path):
                    log.write(.info, "record", "recording", ["file": path])
                case .ended(let path, let reason):
                    log.write(.warning, "record", "ended", ["file": path, "reason": reason])
                }
            }
        } catch {
            throw CommandFailure(.failure, "cannot start a thread: \(error.reason)")
        }
        if let record = plan.record { 
            recorder.begin(path: RecordingParts.free(record.path), size: record.size)
        }
        return StationRecorder(observer: recorder)
    }

    func close() {
        observer.close()
    }
}

/// Where the last minutes of a daemon are: a ring of files in its data directory.
enum History {
    static let parts = 8

    static func path(_ dataDirectory: String) -> String { dataDirectory + "/history.jsonl" }

    /// The minutes before the last start, which may have been a crash.
    static func lastPath(_ dataDirectory: String) -> String {
        dataDirectory + "/history-before.jsonl"
    }

    /// Moves what an earlier run left out of the way of a new one.
    static func keepLast(_ path: String) {
        let folder = String(path.dropLast("/history.jsonl".count))
        for part in RecordingParts.existing(lastPath(folder)) { unlink(part) }
        for part in RecordingParts.existing(path) {
            rename(part, lastPath(folder) + part.dropFirst(path.count))
        }
    }
}

/// The store's rows as a station starts from them.
struct StoredRows: Sendable {
    private let tables: [(name: String, rows: [StoreRow])]

    init(_ store: some DurableStore) throws(CommandFailure) {
        var tables: [(name: String, rows: [StoreRow])] = []
        for (table, column) in StationWorld.tables {
            do throws(StoreError) {
                tables.append((table, try store.rows(in: table, orderedBy: column)))
            } catch {
                throw CommandFailure(.failure, "cannot read the store: \(error)")
            }
        }
        self.tables = tables
    }

    subscript(table: String) -> [StoreRow] {
        tables.first { $0.name == table }?.rows ?? []
    }

    var recorded: [RecordedRow] {
        tables.flatMap { table in table.rows.map { RecordedRow(table: table.name, row: $0) } }
    }
}
