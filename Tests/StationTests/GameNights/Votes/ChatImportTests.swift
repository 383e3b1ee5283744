import Engine
import Testing

@testable import Station

@Suite struct ChatImportTests {
    private static let games = (1...3).map { id in
        NightGame(
            id: id, night: 1, game: [20, 10, 20][id - 1], isManuallyAdded: false,
            playedAt: UTCTime(nanoseconds: Int64(id) * 100))
    }

    private static func message(_ number: Int, _ text: String, at time: Int64 = 150) -> ChatMessage
    {
        ChatMessage(
            userName: "u\(number)", message: text, timestamp: "\(time)",
            time: UTCTime(nanoseconds: time))
    }

    private static func work(_ messages: [ChatMessage], listed: Int = 100) -> ChatImport {
        ChatImport(
            night: 1, messages: messages, timeline: Timeline(games), listedMatches: listed)
    }

    @Test func `votes go to the game that was played then, played twice or not`() {
        var work = Self.work([
            Self.message(1, "thisgame++", at: 150), Self.message(2, "thisgame--", at: 250),
            Self.message(3, "thisgame++", at: 350), Self.message(4, "thisgame++", at: 99),
            Self.message(5, "nice"),
        ])
        var log = ChatLog()
        let piece = work.take(10, into: &log) { _, _ in true }
        #expect(work.isDone)
        #expect(piece.new.count == 5)
        #expect(
            piece.votes == [VoteTotals(game: 10, up: 0, down: 1), VoteTotals(game: 20, up: 2)])
        #expect(work.result.imported == 5)
        #expect(work.result.votes == 3)
        #expect(work.result.votesByGame.map(\.game) == [20, 10], "as they were played")
        #expect(work.result.matches.map(\.game) == [20, 10, 20, nil])
    }

    @Test func `any number of pieces gives the same`() {
        let messages = (0..<50).map { number in
            Self.message(
                number % 40, ["thisgame++", "thisgame--", "hm"][number % 40 % 3],
                at: Int64(number % 40) * 10)
        }
        var results: [ChatImportResult] = []
        for size in [1, 7, 50, 1000] {
            var work = Self.work(messages)
            var log = ChatLog()
            var new = 0
            var tally = Tally()
            while !work.isDone {
                let piece = work.take(size, into: &log) { _, _ in true }
                new += piece.new.count
                for votes in piece.votes { tally.add(votes.up, votes.down, for: votes.game) }
            }
            #expect(new == log.count)
            let byGame = work.result.votesByGame.sorted { $0.game < $1.game }
            #expect(tally.totals == byGame)
            results.append(work.result)
        }
        #expect(results.allSatisfy { $0 == results[0] })
        #expect(results[0].imported + results[0].duplicates == 50)
        #expect(results[0].duplicates > 0)
    }

    @Test func `a full log keeps what there was room for, with its votes`() {
        var work = Self.work((0..<10).map { Self.message($0, "thisgame++") })
        var log = ChatLog()
        let piece = work.take(100, into: &log) { _, log in log.count < 4 }
        #expect(piece.isFull)
        #expect(piece.new.count == 4)
        #expect(piece.votes == [VoteTotals(game: 20, up: 4)])
        #expect(work.result.imported == 4)
        #expect(log.count == 4)
    }

    @Test func `what is known needs no room`() {
        var log = ChatLog()
        var first = Self.work([Self.message(1, "a")])
        _ = first.take(10, into: &log) { _, _ in true }
        var second = Self.work([Self.message(1, "a"), Self.message(1, "a")])
        let piece = second.take(10, into: &log) { _, _ in false }
        #expect(!piece.isFull)
        #expect(second.isDone)
        #expect(second.result.duplicates == 2)
    }

    @Test func `the answer lists the first votes only`() {
        var work = Self.work((0..<10).map { Self.message($0, "thisgame--") }, listed: 3)
        var log = ChatLog()
        _ = work.take(10, into: &log) { _, _ in true }
        #expect(work.result.matches.map(\.userName) == ["u0", "u1", "u2"])
        #expect(work.result.votes == 10)
    }

    @Test func `nothing is done at once`() {
        var work = Self.work([])
        #expect(work.isDone)
        var log = ChatLog()
        _ = work.take(10, into: &log) { _, _ in true }
        #expect(work.result.imported == 0)
    }
}
