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
    /// The recordings that were begun while the station ran: their names by their files.
    private let begun: Doorway<[String: String]>

    private init(
        observer: Recorder, folder: String, size: RecordingSize, begun: Doorway<[String: String]>
    ) {
        self.begun = begun
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
        let begun = Doorway<[String: String]>([:])
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
                    begun.withLock { $0[path] = nil }
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
            observer: recorder, folder: folder(plan.dataDirectory), size: plan.recordSize,
            begun: begun)
    }

    /// Where recordings are that are begun while the station runs.
    static func folder(_ dataDirectory: String) -> String { dataDirectory + "/recordings" }

    /// Whether the recording of this name is being written. Callable from any thread.
    func isRunning(_ name: String) -> Bool {
        let path = "\(folder)/\(name).jsonl"
        return begun.withLock { $0[path] != nil }
    }

    /// Begins and ends recordings while the station runs; called on the core's thread.
    func obey(_ orders: [RecordingOrder]) {
        for order in orders {
            switch order {
            case .begin(let name):
                mkdir(folder, 0o700)
                let path = RecordingParts.free("\(folder)/\(name).jsonl")
                begun.withLock { $0[path] = name }
                observer.begin(path: path, size: size)
            case .end(let name):
                for path in ended(name) { observer.end(path: path) }
            }
        }
    }

    /// Takes out the files of what was begun under this name or is listed so, which differ where
    /// there was such a file before.
    private func ended(_ name: String) -> [String] {
        let listed = "\(folder)/\(name).jsonl"
        return begun.withLock { begun in
            let paths = begun.filter { $0.value == name || $0.key == listed }.keys.sorted()
            for path in paths { begun[path] = nil }
            return paths
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
