import Engine
import Synchronization

/// Performs what the queue decides: owns the store's thread, its database and the directory's lock.
final class SQLiteWriter: Sendable {
    private let directory: DataDirectory
    private let migrator: SchemaMigrator
    private let limits: StoreLimits
    private let queue: Mutex<TurnQueue>
    private let bell = Doorbell()
    private let report: HealthReport

    /// What opening came to; nil until the thread knows.
    private let opening = Mutex<Result<Void, StoreError>?>(nil)
    private let openingBell = Doorbell()

    init(
        _ directory: DataDirectory, migrator: SchemaMigrator, limits: StoreLimits,
        report: HealthReport
    ) {
        self.directory = directory
        self.migrator = migrator
        self.limits = limits
        self.queue = Mutex(TurnQueue(limits: limits))
        self.report = report
    }

    var health: StoreHealth { queue.withLock { $0.health } }

    /// Starts the thread and waits until the database is open or refused.
    func start() throws(StoreError) -> SystemThread {
        let thread: SystemThread
        do throws(SystemThreadError) {
            thread = try SystemThread(name: "store") { self.run() }
        } catch {
            throw .thread(reason: error.reason)
        }
        openingBell.sleep()
        do {
            try opening.withLock { $0 }?.get()
        } catch {
            thread.join()
            throw error
        }
        return thread
    }

    /// Hands a turn to the thread.
    func add(_ turn: PendingTurn) {
        let admission = queue.withLock { $0.add(turn) }
        if admission == .kept(mustRing: true) { bell.ring() }
        updateHealth()
    }

    /// Tells the thread to end after what waits.
    func close() {
        queue.withLock { $0.close() }
        bell.ring()
    }

    /// The turns that never became durable, and why; for after the thread's end.
    func leftover() -> (count: Int, reason: StoreError?) {
        queue.withLock { ($0.pendingTurns, $0.waitReason) }
    }

    // MARK: On the thread

    private func run() {
        do throws(StoreError) {
            try directory.make()
            let lock = try DirectoryLock(directory)
            try directory.makeDatabaseFile()
            let database = try SQLiteDatabase(
                path: directory.databasePath, migrator: migrator, limits: limits)
            finishOpening(.success(()))
            serve(database)
            // The lock goes last: whoever gets it finds the database closed.
            extendLifetime(lock)
        } catch {
            finishOpening(.failure(error))
        }
    }

    private func finishOpening(_ result: Result<Void, StoreError>) {
        opening.withLock { $0 = result }
        openingBell.ring()
    }

    private func serve(_ database: SQLiteDatabase) {
        while true {
            switch queue.withLock({ $0.next() }) {
            case .write(let turns): write(turns, to: database)
            case .sleep: bell.sleep()
            case .end:
                database.tidy()
                return
            }
        }
    }

    private func write(_ turns: [PendingTurn], to database: SQLiteDatabase) {
        do throws(SQLiteDatabase.WriteFailure) {
            try database.write(turns)
        } catch {
            let next = queue.withLock { $0.failed(error.reason, refusedTurn: error.refusedTurn) }
            updateHealth()
            if case .pause(let duration) = next { bell.sleep(atMost: duration) }
            return
        }
        queue.withLock { $0.wrote(turns.count) }
        updateHealth()
        for turn in turns { turn.whenDurable() }
    }

    private func updateHealth() {
        report.update { health }
    }
}
