import Engine
import Store
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SQLiteStoreKillTests {
    private static let rounds = 24

    @Test func `a killed process loses nothing that it acknowledged and leaves no half turn`()
        async throws
    {
        let directory = try TemporaryDirectory()
        var acknowledgedTotal: Int64 = 0
        var roundsWithWork = 0
        var before: Int64 = 0
        for round in 0..<Self.rounds {
            // Short ones die while opening or migrating, long ones after some checkpoints.
            let microseconds = UInt32.random(in: 0...(round.isMultiple(of: 4) ? 10_000 : 150_000))
            await #expect(processExitsWith: .signal(9)) {
                [
                    path = directory.path as String, round = round as Int,
                    microseconds = microseconds as UInt32
                ] in
                try TornProcess.run(directory: path, round: round, killedAfter: microseconds)
            }
            let acknowledged = try acknowledged(in: round, of: directory)
            let store = try SQLiteStore(directory: directory.path)
            let stored = try TornProcess.lastTurn(in: store)
            let comment: Comment = "round \(round), killed after \(microseconds) µs"
            if let first = acknowledged.first, let last = acknowledged.last {
                #expect(acknowledged == Array(first..<last + 1), comment)
                #expect(first == before + 1, comment)
                #expect(last <= stored, comment)
                roundsWithWork += 1
            }
            #expect(stored >= before, comment)
            try TornProcess.expect(exactlyTurnsTo: stored, in: store)
            try store.close()
            acknowledgedTotal += Int64(acknowledged.count)
            before = stored
        }
        // Otherwise the test saw nothing but starts.
        #expect(roundsWithWork >= 10)
        #expect(acknowledgedTotal > 100)
    }

    private func acknowledged(in round: Int, of directory: TemporaryDirectory) throws -> [Int64] {
        let name = TornProcess.acknowledgementsName(round: round)
        guard try directory.names().contains(name) else { return [] }
        let text = String(decoding: try directory.read(name), as: UTF8.self)
        return text.split(separator: "\n").compactMap { Int64($0) }
    }
}
