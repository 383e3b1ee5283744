import Engine
import Testing

@testable import Station

@Suite struct TimelineTests {
    private static func game(_ id: Int, at nanoseconds: Int64) -> NightGame {
        NightGame(
            id: id, night: 1, game: id * 10, isManuallyAdded: false,
            playedAt: UTCTime(nanoseconds: nanoseconds))
    }

    private static func found(_ timeline: Timeline, _ nanoseconds: Int64) -> Int? {
        timeline.game(at: UTCTime(nanoseconds: nanoseconds))?.id
    }

    @Test func `a moment belongs to the last game that had begun`() {
        let timeline = Timeline([
            Self.game(3, at: 300), Self.game(1, at: 100), Self.game(2, at: 200),
        ])
        #expect(timeline.games.map(\.id) == [1, 2, 3])
        #expect(Self.found(timeline, 99) == nil)
        #expect(Self.found(timeline, 100) == 1)
        #expect(Self.found(timeline, 199) == 1)
        #expect(Self.found(timeline, 200) == 2)
        #expect(Self.found(timeline, .max) == 3)
        #expect(Self.found(timeline, .min) == nil)
    }

    @Test func `without games no moment belongs to any`() {
        #expect(Self.found(Timeline([]), 0) == nil)
    }

    @Test func `of two games of one moment the later one counts`() {
        let timeline = Timeline([Self.game(2, at: 100), Self.game(1, at: 100)])
        #expect(timeline.games.map(\.id) == [1, 2])
        #expect(Self.found(timeline, 100) == 2)
    }

    @Test func `bisection finds what a search from the end finds`() {
        var random = SeededRandom(seed: 3, purpose: "timeline")
        for _ in 0..<200 {
            let games = (0..<Int.random(in: 0..<12, using: &random)).map {
                Self.game($0, at: Int64.random(in: 0..<20, using: &random))
            }
            let timeline = Timeline(games)
            for moment in Int64(-1)...21 {
                let expected = timeline.games.last { $0.playedAt.nanoseconds <= moment }
                #expect(Self.found(timeline, moment) == expected?.id)
            }
        }
    }
}
