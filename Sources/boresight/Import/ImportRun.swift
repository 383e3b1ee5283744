import Engine
import Simulation
import Synchronization

/// Imports files, some at a time: gpsd needs a second to start, and does nothing in it.
final class ImportRun: Sendable {
    private struct State {
        var next = 0
        var made: [Int: ImportOutcome] = [:]
    }

    /// Each holds one log and its fixture in memory.
    private static let threads = 8

    private let importer: LogImport
    private let folder: String
    private let readFile: @Sendable (_ path: String) throws(FileProblem) -> [UInt8]
    private let state = Mutex(State())

    /// - Parameter folder: where the fixtures go.
    init(
        _ importer: LogImport, into folder: String,
        readFile: @escaping @Sendable (_ path: String) throws(FileProblem) -> [UInt8]
    ) {
        self.importer = importer
        self.folder = folder.hasSuffix("/") ? folder : folder + "/"
        self.readFile = readFile
    }

    /// What became of each, in the given order.
    func outcomes(of entries: [LogFiles.Entry]) throws(SystemThreadError) -> [ImportOutcome] {
        var threads: [SystemThread] = []
        defer { for thread in threads { thread.join() } }
        for number in 0..<min(Self.threads, entries.count) {
            threads.append(
                try SystemThread(name: "import \(number)") { [self] in
                    while let index = take(of: entries.count) { make(entries[index], index) }
                })
        }
        for thread in threads { thread.join() }
        threads = []
        return state.withLock { state in entries.indices.compactMap { state.made[$0] } }
    }

    private func take(of count: Int) -> Int? {
        state.withLock { state in
            guard state.next < count else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    private func make(_ entry: LogFiles.Entry, _ index: Int) {
        let start = ContinuousClock.now
        let result: Result<ImportOutcome.Made, ImportProblem>
        do throws(ImportProblem) {
            let fixture = try importer.fixture(of: try log(entry.path))
            let path = folder + entry.fixtureName
            try write(fixture, to: path)
            result = .success(ImportOutcome.Made(fixture, path))
        } catch {
            result = .failure(error)
        }
        let outcome = ImportOutcome(
            path: entry.path, wallTime: start.duration(to: .now), result: result)
        state.withLock { $0.made[index] = outcome }
    }

    private func log(_ path: String) throws(ImportProblem) -> [UInt8] {
        do throws(FileProblem) {
            return try readFile(path)
        } catch {
            throw .failed(error.message)
        }
    }

    private func write(_ fixture: ImportedFixture, to path: String) throws(ImportProblem) {
        do throws(SystemProblem) {
            try FixtureFile.write(fixture.bytes, to: path)
        } catch {
            throw .failed(error.description)
        }
    }
}
