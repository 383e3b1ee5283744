import API
import Engine
import Glibc
import JSON
import Recording
import Store
import Synchronization

/// What a daemon writes down about itself.
final class StationRecorder: Sendable {
    let observer: Recorder
    private let folder: String
    private let size: RecordingSize
    /// The files of the recordings that were begun while the station ran, by name.
    private let begun = Mutex<[String: String]>([:])

    private init(observer: Recorder, folder: String, size: RecordingSize) {
        self.observer = observer
        self.folder = folder
        self.size = size
    }

    /// Starts what the plan asks for, and waits for what is asked for later.
    static func start(
        _ plan: DaemonPlan, utc: UTCTime, rows: StoredRows, _ log: Log
    ) throws(CommandFailure) -> StationRecorder {
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
            recorder.begin(path: RecordingParts.free(record), size: plan.recordSize)
        }
        return StationRecorder(
            observer: recorder, folder: plan.dataDirectory + "/recordings", size: plan.recordSize)
    }

    /// Begins and ends recordings while the station runs; called on the core's thread.
    func obey(_ orders: [RecordingOrder]) {
        for order in orders {
            switch order {
            case .begin(let name):
                mkdir(folder, 0o700)
                let path = RecordingParts.free("\(folder)/\(name).jsonl")
                begun.withLock { $0[name] = path }
                observer.begin(path: path, size: size)
            case .end(let name):
                guard let path = begun.withLock({ $0.removeValue(forKey: name) }) else { continue }
                observer.end(path: path)
            }
        }
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
