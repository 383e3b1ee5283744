import Engine
import Synchronization
import TestSupport
import Testing

@testable import Station

/// Votes and chats in virtual time.
@Suite(.runsTwice) struct NightVotesTests {
    private static func vote(
        _ world: NightWorld, _ name: String, isUp: Bool = true, after: Duration = .zero
    ) throws(VoteError) {
        _ = try world.votes { (votes) throws(VoteError) in
            try votes.vote(name, isUp: isUp, at: world.core.utc.advanced(by: after))
        }
    }

    private static func message(_ number: Int, _ text: String = "thisgame++") -> ChatMessage {
        ChatMessage(
            userName: "u\(number)", message: text, timestamp: "2099-01-01T00:00:00Z",
            time: UTCTime(nanoseconds: .max))
    }

    /// Begins an import; its end is there when it has come.
    private static func take(
        _ world: NightWorld, _ messages: [ChatMessage], into night: Int
    ) -> Outcome {
        let outcome = Outcome()
        world.votes { votes in
            votes.take(messages, into: night) { result in outcome.value.withLock { $0 = result } }
        }
        return outcome
    }

    private final class Outcome: Sendable {
        let value = Mutex<Result<ChatImportResult, ChatImportError>?>(nil)
        var end: Result<ChatImportResult, ChatImportError>? { value.withLock { $0 } }
        var imported: Int? { try? end?.get().imported }
    }

    private static func playing(_ limits: GameNightLimits = GameNightLimits()) throws -> (
        NightWorld, Int
    ) {
        let world = NightWorld(limits)
        let night = try world.begin().id
        try world.add(to: night)
        _ = world.takeNews()
        return (world, night)
    }

    // MARK: Live votes

    @Test func `a vote counts for the night and the game, and is news`() throws {
        let (world, night) = try Self.playing()
        try Self.vote(world, "a")
        try Self.vote(world, "b", isUp: false)
        try Self.vote(world, "c")
        #expect(world.takeNews() == Array(repeating: "vote.received", count: 3))
        #expect(world.game(1)?.popularity == 1)
        let totals = world.votes { $0.totals(of: night) }
        #expect(totals == [VoteTotals(game: 1, up: 2, down: 1)])
        #expect(world.votes { $0.all() }.map(\.userName) == ["c", "b", "a"])
    }

    @Test func `within a second of time, before or after, the same user votes once`() throws {
        let (world, _) = try Self.playing()
        let base = Duration.seconds(100)
        try Self.vote(world, "a", after: base)
        for near in [Duration.zero, .milliseconds(999), .milliseconds(-999)] {
            #expect(throws: VoteError.duplicate) {
                try Self.vote(world, "a", isUp: false, after: base + near)
            }
        }
        for far in [Duration.seconds(1), .seconds(-1)] {
            try Self.vote(world, "a", after: base + far)
        }
        try Self.vote(world, "A", after: base)
        #expect(world.game(1)?.upvotes == 4)
    }

    @Test func `without a night, or before its first game, there is nothing to vote for`() throws {
        let world = NightWorld()
        #expect(throws: VoteError.noActiveNight) { try Self.vote(world, "a") }
        let night = try world.begin().id
        #expect(throws: VoteError.noGame) { try Self.vote(world, "a") }
        try world.add(to: night)
        #expect(throws: VoteError.noGame) { try Self.vote(world, "a", after: .milliseconds(-1)) }
        #expect(throws: VoteError.noGame) {
            _ = try world.votes { (votes) throws(VoteError) in
                try votes.vote("a", isUp: true, at: UTCTime(nanoseconds: .min))
            }
        }
        for moment in [Int64.max, Int64.max - 1_000_000_000] {
            _ = try world.votes { (votes) throws(VoteError) in
                try votes.vote("a", isUp: true, at: UTCTime(nanoseconds: moment))
            }
        }
        try world.close(night)
        #expect(throws: VoteError.noActiveNight) { try Self.vote(world, "a") }
    }

    @Test func `votes have bounds, and a deleted night gives its room back`() throws {
        var limits = GameNightLimits()
        limits.votesPerNight = 3
        limits.votes = 4
        limits.userNameCharacters = 5
        let (world, night) = try Self.playing(limits)
        for name in ["", "123456", "a\n"] {
            #expect(throws: VoteError.userName(characters: 5)) { try Self.vote(world, name) }
        }
        for name in ["12345", "b", "c"] { try Self.vote(world, name) }
        #expect(throws: VoteError.tooManyVotes) { try Self.vote(world, "d") }
        try world.close(night)
        let next = try world.begin().id
        try world.add(to: next)
        try Self.vote(world, "a")
        #expect(throws: VoteError.tooManyVotes) { try Self.vote(world, "b") }
        world.votes { $0.forget(night: night) }
        try Self.vote(world, "b")
        #expect(world.rows.rows("night_votes").count == 2)
        #expect(world.votes { $0.totals(of: night) } == [])
    }

    @Test func `votes outlive the station`() throws {
        let (world, night) = try Self.playing()
        try Self.vote(world, "a")
        let second = world.restarted()
        #expect(second.votes { $0.all() } == world.votes { $0.all() })
        #expect(second.game(1)?.upvotes == 1)
        #expect(second.votes { $0.totals(of: night) }.count == 1)
        try Self.vote(second, "b")
        #expect(second.votes { $0.all() }.map(\.id) == [2, 1])
    }

    // MARK: Chats

    @Test func `an import goes on piece by piece, and others have their turns between`() throws {
        let (world, night) = try Self.playing()
        let outcome = Self.take(world, (0..<1800).map { Self.message($0) }, into: night)
        #expect(outcome.end == nil)
        #expect(world.game(1)?.upvotes == 500, "a slice at once")
        try Self.vote(world, "a")
        world.core.run(for: .milliseconds(1))
        #expect(world.game(1)?.upvotes == 1001)
        #expect(outcome.end == nil)
        world.core.run(for: .milliseconds(2))
        #expect(outcome.imported == 1800)
        #expect(world.game(1)?.upvotes == 1801)
        #expect(world.votes { $0.totals(of: night) }.map(\.up) == [1], "live votes only")
        #expect(world.takeNews() == ["vote.received"], "a chat is no live vote")
    }

    @Test func `a chat is known across a restart`() throws {
        let (world, night) = try Self.playing()
        _ = Self.take(world, (0..<1200).map { Self.message($0) }, into: night)
        world.core.run(for: .seconds(1))
        #expect(world.rows.rows("night_chats").count == 3)
        let second = world.restarted()
        let outcome = Self.take(second, (600..<1800).map { Self.message($0) }, into: night)
        second.core.run(for: .seconds(1))
        #expect(outcome.imported == 600)
        #expect(second.game(1)?.upvotes == 1800)
        let names = second.votes { $0.chat(of: night) }.map(\.userName)
        #expect(names == (0..<1800).map { "u\($0)" })
        let third = second.restarted()
        #expect(third.votes { $0.chat(of: night) }.map(\.userName) == names)
    }

    @Test func `imports wait for each other, and too many are refused`() throws {
        let (world, night) = try Self.playing()
        let outcomes = (0..<6).map { number in
            Self.take(
                world, (0..<600).map { Self.message(number * 600 + $0) }, into: night)
        }
        #expect(outcomes[4].end == .failure(.tooManyImports))
        #expect(outcomes[5].end == .failure(.tooManyImports))
        world.core.run(for: .seconds(1))
        #expect(outcomes[..<4].map(\.imported) == [600, 600, 600, 600])
        #expect(world.game(1)?.upvotes == 2400)
    }

    @Test func `a night that is deleted ends its import and keeps nothing`() throws {
        let (world, night) = try Self.playing()
        let outcome = Self.take(world, (0..<1200).map { Self.message($0) }, into: night)
        let waiting = Self.take(world, [Self.message(5000)], into: night)
        try world.close(night)
        try world.nights { (nights) throws(GameNightError) in try nights.delete(night) }
        world.votes { $0.forget(night: night) }
        world.core.run(for: .seconds(1))
        #expect(outcome.end == .failure(.nightDeleted))
        #expect(waiting.end == .failure(.nightDeleted))
        #expect(world.rows.rows("night_chats").isEmpty)
        #expect(Self.take(world, [], into: night).end == .failure(.unknownNight))
    }

    @Test func `a night without games takes no chat`() throws {
        let world = NightWorld()
        let night = try world.begin().id
        #expect(Self.take(world, [Self.message(1)], into: night).end == .failure(.noGames))
        try world.add(to: night)
        #expect(Self.take(world, [], into: night).imported == 0)
    }

    @Test(arguments: [(700, 1 << 20), (1 << 20, 700 * 35)])
    func `when there is no more room, what was taken in stays with its votes`(
        _ messages: Int, _ bytes: Int
    ) throws {
        var limits = GameNightLimits()
        limits.messages = messages
        limits.chatBytes = bytes
        let (world, night) = try Self.playing(limits)
        // 35 bytes each: five for the name, ten for the word, twenty for the time.
        let chat = (1000..<2000).map { Self.message($0) }
        let outcome = Self.take(world, chat, into: night)
        world.core.run(for: .seconds(1))
        #expect(outcome.end == .failure(.full(imported: 700)))
        #expect(world.game(1)?.upvotes == 700)
        let second = world.restarted(limits)
        #expect(second.votes { $0.chat(of: night) }.reduce(0) { count, _ in count + 1 } == 700)
        let again = Self.take(second, Array(chat.prefix(700)), into: night)
        second.core.run(for: .seconds(1))
        #expect(again.imported == 0)
        #expect(second.game(1)?.upvotes == 700)
        try second.close(night)
        try second.nights { (nights) throws(GameNightError) in try nights.delete(night) }
        second.votes { $0.forget(night: night) }
        let next = try second.begin().id
        try second.add(to: next)
        _ = Self.take(second, chat.suffix(300), into: next)
        second.core.run(for: .seconds(1))
        #expect(second.game(1)?.upvotes == 1000)
    }
}
