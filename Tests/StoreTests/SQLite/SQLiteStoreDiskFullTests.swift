import Engine
import Glibc
import Store
import Testing

/// Writing when the disk takes no more: the store keeps the turns and finishes when it can.
@Suite(.timeLimit(.minutes(2)))
struct SQLiteStoreDiskFullTests {
    /// Every turn brings a row of 10 kB, so that a few dozen fill any bound set here.
    private static func write(_ number: Int) -> StoreWrite {
        .rotor(Int64(number), name: String(repeating: "\(number) ", count: 10_000 / 4))
    }

    /// Fills the disk, calls `makeRoom`, and expects every turn acknowledged in order.
    private static func fillAndHeal(
        directory: String, code: Int32, makeRoom: () throws -> Void
    ) async throws {
        var health = Heard<StoreHealth>()
        var acknowledged = Heard<Int>()
        let store = try SQLiteStore(
            directory: directory, limits: .impatient, whenHealthChanges: health.listener)
        let turns = 200
        for number in 0..<turns {
            store.commit([write(number)], whenDurable: acknowledged.acknowledge(number))
        }
        await health.wait { $0.contains { $0.isFailing(code: code, atLeast: 2) } }
        let before = acknowledged.all.count
        #expect(before < turns)
        // What was acknowledged can be read while the disk is full.
        #expect(try store.rows(in: "rotors", orderedBy: "id").count == before)

        try makeRoom()
        await acknowledged.wait { $0.count >= turns }
        #expect(acknowledged.all == Array(0..<turns))
        await health.wait { $0.last == .ok }
        try store.close()

        let again = try SQLiteStore(directory: directory)
        let ids = try again.rows(in: "rotors", orderedBy: "id")[column: "id"]
        #expect(ids == (0..<turns).map { .integer(Int64($0)) })
        try again.close()
    }

    @Test func `a file that may not grow fails and heals`() async {
        let directory = try? TemporaryDirectory()
        await #expect(processExitsWith: .success) { [path = directory?.path as String?] in
            let path = try #require(path)
            // The limit answers "file too large" instead of ending the process; setrlimit(2).
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit()
            let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
            getrlimit(resource, &limit)
            limit.rlim_cur = 600_000
            try #require(setrlimit(resource, &limit) == 0)
            // SQLITE_IOERR
            try await Self.fillAndHeal(directory: path, code: 10) {
                limit.rlim_cur = limit.rlim_max
                try #require(setrlimit(resource, &limit) == 0)
            }
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "mounting a file system needs root"))
    func `a full disk fails and heals when something is removed`() async throws {
        let disk = try SmallDisk(kilobytes: 8192)
        try disk.fill(leavingKilobytes: 1000)
        // SQLITE_FULL
        try await Self.fillAndHeal(directory: "\(disk.path)/data", code: 13) {
            try disk.makeRoom()
        }
    }
}

extension StoreHealth {
    fileprivate func isFailing(code: Int32, atLeast attemptsMin: Int) -> Bool {
        guard case .failing(.database(_, let cause), let attempts) = self else { return false }
        return cause.code == code && attempts >= attemptsMin
    }
}
