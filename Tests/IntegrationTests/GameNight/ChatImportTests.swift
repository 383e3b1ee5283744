import Engine
import Foundation
import JSON
import Synchronization
import TestSupport
import Testing
import Transport

/// 003: a chat of a hundred thousand messages.
@Suite struct ChatImportTests {
    /// The chat of an evening, which another count of the votes goes with.
    private struct Chat {
        private(set) var text = ""
        private(set) var messages = 0
        /// By game: votes for and against.
        private(set) var votes: [Int: [Int]] = [:]
        private(set) var duplicates = 0

        /// - Parameter games: when each began, in order, by milliseconds since 1970.
        init(seed: UInt64, count: Int, games: [(id: Int, milliseconds: Int64)]) {
            var random = SeededRandom(seed: seed, purpose: "chat")
            var parts: [String] = []
            parts.reserveCapacity(count)
            let begin = games[0].milliseconds - 500
            for number in 0..<count {
                if number > 0, number % 1000 == 0, let last = parts.last {
                    parts.append(last)
                    duplicates += 1
                    continue
                }
                // Some before the first game, most in the milliseconds between the games.
                let moment = begin + Int64.random(in: 0..<4000, using: &random)
                let word = Int.random(in: 0..<10, using: &random)
                let message =
                    switch word {
                    case 0: "thisgame++"
                    case 1: "so ThisGame-- it is, thisgame++ or not"
                    case 2: "thisgame+ thisgame -- thisgame"
                    default: "message \(number) with a few words, \"quotes\" and an ä"
                    }
                let time = UTCTime(nanoseconds: moment * 1_000_000).text(.milliseconds)
                parts.append(
                    #"{"username":"viewer\#(number % 5000)","message":\#(JSONValue.string(message + " #\(number)").text),"timestamp":"\#(time)"}"#
                )
                guard word < 2, let game = games.last(where: { $0.milliseconds <= moment }) else {
                    continue
                }
                votes[game.id, default: [0, 0]][word] += 1
            }
            messages = count
            text = #"{"chatData":["# + parts.joined(separator: ",") + "]}"
        }
    }

    /// Imports, and asks for the nights' health and a stop meanwhile.
    private func take(
        _ chat: Chat, _ host: Host
    ) async throws -> (answer: HTTPResponse, others: Int, most: Int) {
        let done = Mutex<HTTPResponse?>(nil)
        let others = Mutex(0)
        let most = Mutex(0)
        await Threads.run(2) { thread in
            if thread == 0 {
                let answer = try? host.night.call(
                    "POST", "/api/sessions/1/chat-import", json: chat.text, token: host.token,
                    timeout: .seconds(300))
                done.withLock { $0 = answer ?? HTTPResponse(status: 0) }
                return
            }
            while done.withLock({ $0 }) == nil {
                let health = try? host.night.call("GET", "/health", timeout: .seconds(120))
                let stop = try? host.night.call(
                    "POST", "/api/sessions/1/games/1/stop-player-check", token: host.token,
                    timeout: .seconds(120))
                guard health?.status == 200, stop?.status == 200 else { return }
                if done.withLock({ $0 }) == nil { others.withLock { $0 += 1 } }
                let size = Self.residentMebibytes(host.night.daemon.process.processID)
                most.withLock { $0 = max($0, size) }
            }
        }
        return (
            try #require(done.withLock { $0 }), others.withLock { $0 }, most.withLock { $0 }
        )
    }

    private static func residentMebibytes(_ process: Int32) -> Int {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) / 1024
    }

    @Test func `a hundred thousand messages are taken in, once, while others go on`() async throws {
        let host = try Host(try await NightDaemon())
        try host.make("POST", "/api/sessions")
        for id in 1...5 {
            try host.make("POST", "/api/sessions/1/games", #"{"game_id":\#(id)}"#)
            try await Task.sleep(for: .milliseconds(100))
        }
        let listed = try JSONReader.read(host.night.call("GET", "/api/sessions/1/games").body)
        let games = try #require(listed.arrayValue).map { game -> (id: Int, milliseconds: Int64) in
            let text = try #require(game.objectValue?["played_at"]?.stringValue)
            let id = try #require(game.objectValue?["game_id"]?.integerValue)
            return (Int(id), try #require(UTCTime(rfc3339: text)).nanoseconds / 1_000_000)
        }
        let chat = Chat(seed: 7, count: 100_000, games: games)
        #expect(chat.text.utf8.count > 10_000_000 && chat.text.utf8.count < 16 << 20)
        let before = Self.residentMebibytes(host.night.daemon.process.processID)

        let first = try await take(chat, host)
        #expect(first.answer.status == 200, "\(first.answer.text.prefix(200))")
        let result = first.answer.object
        #expect(result["messagesImported"] == .integer(Int64(chat.messages - chat.duplicates)))
        #expect(result["duplicatesSkipped"] == .integer(Int64(chat.duplicates)))
        try expectVotes(chat, result, host)
        #expect(first.others > 0, "nobody else was answered before the import was")

        let second = try await take(chat, host)
        #expect(second.answer.object["messagesImported"] == .integer(0))
        #expect(second.answer.object["duplicatesSkipped"] == .integer(Int64(chat.messages)))
        #expect(second.answer.object["votesProcessed"] == .integer(0))
        #expect(second.answer.object["votesByGame"] == [:])
        try expectVotes(chat, result, host)
        let most = max(first.most, second.most)
        // The body of 13 MB is there as bytes, as JSON values of some 100 bytes each and as
        // messages, for a while two of them; then the log with its hashes. That is a tenth of a
        // gigabyte, and this twice as much with room for how memory is given back.
        #expect(most < before + 320, "\(before) MiB before, \(most) at most")
    }

    private func expectVotes(_ chat: Chat, _ result: JSONObject, _ host: Host) throws {
        let byGame = try #require(result["votesByGame"]?.objectValue)
        #expect(byGame.members.map(\.key) == chat.votes.keys.sorted().map(String.init))
        let sum = chat.votes.values.reduce(0) { $0 + $1[0] + $1[1] }
        #expect(result["votesProcessed"] == .integer(Int64(sum)))
        for (id, votes) in chat.votes {
            let game = try host.night.call("GET", "/api/games/\(id)").object
            for object in [byGame[String(id)]?.objectValue, game] {
                #expect(object?["upvotes"] == .integer(Int64(votes[0])), "game \(id)")
                #expect(object?["downvotes"] == .integer(Int64(votes[1])), "game \(id)")
            }
        }
    }
}
