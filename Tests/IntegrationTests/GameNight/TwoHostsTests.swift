import JSON
import Synchronization
import TestSupport
import Testing
import Transport

/// 003: hosts who do the same at the same moment.
@Suite struct TwoHostsTests {
    @Test func `of games that eight add at once one plays, and each is counted`() async throws {
        let night = try await NightDaemon()
        let hosts = [try Host(night), try Host(night)]
        try hosts[0].make("POST", "/api/sessions")
        let problems = Mutex<[String]>([])
        let working = Mutex(8)
        await Threads.run(9) { thread in
            guard thread < 8 else {
                while working.withLock({ $0 > 0 }) {
                    let playing = Self.playing(night)
                    if playing > 1 { problems.withLock { $0.append("\(playing) play") } }
                }
                return
            }
            for index in 0..<50 {
                let game = (thread * 50 + index) % 5 + 1
                let answer = try? night.call(
                    "POST", "/api/sessions/1/games", json: #"{"game_id":\#(game)}"#,
                    token: hosts[thread % 2].token, timeout: .seconds(60))
                if answer?.status != 201 {
                    problems.withLock { $0.append(answer?.text ?? "no answer") }
                }
            }
            working.withLock { $0 -= 1 }
        }
        #expect(problems.withLock { $0 } == [])
        let games =
            try JSONReader.read(night.call("GET", "/api/sessions/1/games").body)
            .arrayValue?.compactMap(\.objectValue) ?? []
        #expect(games.count == 400)
        #expect(games.count { $0["status"] == .string("playing") } == 1)
        #expect(games.last?["status"] == .string("playing"))
        let times = games.compactMap { $0["played_at"]?.stringValue }
        #expect(Set(times).count == 400, "each begins at a moment of its own")
        #expect(times == times.sorted())
        for id in 1...5 {
            let game = try night.call("GET", "/api/games/\(id)").object
            #expect(game["play_count"] == .integer(80))
        }
    }

    private static func playing(_ night: NightDaemon) -> Int {
        let answer = try? night.call("GET", "/api/sessions/1/games", timeout: .seconds(60))
        return answer?.text.split(
            separator: #""status":"playing""#, omittingEmptySubsequences: false
        )
        .count.advanced(by: -1) ?? 0
    }

    @Test func `of nights that eight begin at once one begins`() async throws {
        let night = try await NightDaemon()
        let host = try Host(night)
        let statuses = Mutex<[Int]>([])
        await Threads.run(8) { _ in
            let answer = try? night.call("POST", "/api/sessions", token: host.token)
            statuses.withLock { $0.append(answer?.status ?? 0) }
        }
        #expect(statuses.withLock { $0.sorted() } == [201] + Array(repeating: 400, count: 7))
    }
}
