package import Engine
import JSON

/// What people thought of the games: live votes, and the chats that were imported.
package actor NightVotes: CoreActor {
    package nonisolated let core: Core
    private let nights: GameNights
    private let games: Games
    private let limits: GameNightLimits
    private var ids: NumberedIDs
    private var ballots: [Int: Ballot] = [:]
    private var voteCount = 0
    private var chats: [Int: ChatLog] = [:]
    /// The number of the last piece of each night's chats in the store.
    private var pieces: [Int: Int64] = [:]
    private var imports: [Job] = []
    private lazy var timer = Timer(on: self) { $0.goOn() }

    private struct Job {
        var work: ChatImport
        let then: @Sendable (Result<ChatImportResult, ChatImportError>) -> Void
    }

    init(core: Core, nights: GameNights) {
        self.core = core
        self.nights = nights
        games = nights.games
        limits = nights.limits
        ids = NumberedIDs(core: core, name: "night_votes")
    }

    func start(votes voteRows: [StoreRow], chats chatRows: [StoreRow], counters: [StoreRow]) {
        let stored = voteRows.compactMap(LiveVote.stored).sorted { $0.id < $1.id }
        for vote in stored { ballots[vote.night, default: Ballot()].add(vote) }
        voteCount = stored.count
        ids.start(counters: counters, used: stored.map(\.id))
        for row in chatRows {
            guard let night = row.integer("night_id"), let number = row.integer("number"),
                let json = row.text("messages")
            else { continue }
            let id = Int(clamping: night)
            pieces[id] = max(pieces[id] ?? 0, number)
            for message in ChatMessage.stored(json) {
                _ = chats[id, default: ChatLog()].add(message)
            }
        }
    }

    /// Forgets everything of a night.
    package func forget(night: Int) {
        voteCount -= ballots.removeValue(forKey: night)?.votes.count ?? 0
        chats[night] = nil
        pieces[night] = nil
        for table in ["night_votes", "night_chats"] {
            core.write(.delete(table: table, key: ["night_id": .integer(Int64(night))]))
        }
    }

    // MARK: Live votes

    /// All of them, newest first.
    package func all() -> [LiveVote] {
        ballots.values.flatMap(\.votes).sorted { $0.id > $1.id }
    }

    /// By game, the best first.
    package func totals(of night: Int) -> [VoteTotals] {
        var tally = Tally()
        for vote in ballots[night]?.votes ?? [] {
            tally.add(vote.isUp ? 1 : 0, vote.isUp ? 0 : 1, for: vote.game)
        }
        return tally.totals.sorted { ($0.net, $0.up, $1.game) > ($1.net, $1.up, $0.game) }
    }

    /// Counts a vote for the game of the active night that was played then.
    ///
    /// - Returns: the vote, and the game with its votes.
    package func vote(
        _ userName: String, isUp: Bool, at time: UTCTime
    ) throws(VoteError) -> (LiveVote, Game) {
        guard !userName.isEmpty, userName.isPlainText(atMost: limits.userNameCharacters) else {
            throw .userName(characters: limits.userNameCharacters)
        }
        guard let night = nights.enter({ $0.active }) else { throw .noActiveNight }
        let played = nights.enter { $0.games(of: night.id) }
        guard let nightGame = Timeline(played).game(at: time) else { throw .noGame }
        let ballot = ballots[night.id] ?? Ballot()
        guard !ballot.hasVote(of: userName, at: time, within: limits.voteSpacing) else {
            throw .duplicate
        }
        guard ballot.votes.count < limits.votesPerNight, voteCount < limits.votes else {
            throw .tooManyVotes
        }
        guard
            let game = games.enter({
                $0.vote(nightGame.game, up: isUp ? 1 : 0, down: isUp ? 0 : 1)
            })
        else { throw .noGame }
        let vote = LiveVote(
            id: ids.next(), night: night.id, nightGame: nightGame.id, game: game.id,
            userName: userName, isUp: isUp, time: time, createdAt: core.utc)
        ballots[night.id, default: Ballot()].add(vote)
        voteCount += 1
        core.write(.put(table: "night_votes", row: vote.row))
        nights.enter { $0.publish(.voteReceived(vote, game), of: night.id) }
        return (vote, game)
    }

    // MARK: Chats

    /// The chats of a night, in the order in which they were imported.
    package func chat(of night: Int) -> ChatTexts { ChatTexts(log: chats[night] ?? ChatLog()) }

    /// Takes a chat in and counts its votes; `then` is called once, now or in a later turn.
    package func take(
        _ messages: [ChatMessage], into night: Int,
        then: @escaping @Sendable (Result<ChatImportResult, ChatImportError>) -> Void
    ) {
        guard nights.enter({ try? $0.night(night) }) != nil else {
            return then(.failure(.unknownNight))
        }
        let timeline = Timeline(nights.enter { $0.games(of: night) })
        guard !timeline.games.isEmpty else { return then(.failure(.noGames)) }
        guard imports.count < limits.waitingImports else { return then(.failure(.tooManyImports)) }
        imports.append(
            Job(
                work: ChatImport(
                    night: night, messages: messages, timeline: timeline,
                    listedMatches: limits.listedMatches),
                then: then))
        if imports.count == 1 { goOn() }
    }

    /// Does a piece of the first import that waits.
    private func goOn() {
        guard var job = imports.first else { return }
        let result = step(&job.work)
        imports[0] = job
        if let result {
            imports.removeFirst()
            job.then(result)
        }
        // Not in this turn: others have their turn first.
        if !imports.isEmpty { timer.arm(after: .milliseconds(1)) }
    }

    /// The end of an import, when it has come.
    private func step(_ work: inout ChatImport) -> Result<ChatImportResult, ChatImportError>? {
        let night = work.night
        guard nights.enter({ try? $0.night(night) }) != nil else { return .failure(.nightDeleted) }
        var log = chats.removeValue(forKey: night) ?? ChatLog()
        defer { chats[night] = log }
        let room = (
            messages: limits.messages - chats.values.reduce(0) { $0 + $1.count },
            bytes: limits.chatBytes - chats.values.reduce(0) { $0 + $1.byteCount }
        )
        let piece = work.take(limits.importSlice, into: &log) { message, log in
            log.count < room.messages && log.byteCount + message.byteCount <= room.bytes
        }
        keep(piece.new, of: night)
        for total in piece.votes {
            games.enter { _ = $0.vote(total.game, up: total.up, down: total.down) }
        }
        if piece.isFull { return .failure(.full(imported: work.result.imported)) }
        return work.isDone ? .success(work.result) : nil
    }

    private func keep(_ messages: [ChatMessage], of night: Int) {
        guard !messages.isEmpty else { return }
        pieces[night, default: 0] += 1
        core.write(
            .put(
                table: "night_chats",
                row: [
                    "night_id": .integer(Int64(night)), "number": .integer(pieces[night] ?? 0),
                    "messages": .text(ChatMessage.text(of: messages)),
                ]))
    }
}

/// The live votes of one night.
private struct Ballot {
    private(set) var votes: [LiveVote] = []
    private var times: [String: [UTCTime]] = [:]

    mutating func add(_ vote: LiveVote) {
        votes.append(vote)
        times[vote.userName, default: []].append(vote.time)
    }

    func hasVote(of userName: String, at time: UTCTime, within spacing: Duration) -> Bool {
        (times[userName] ?? []).contains { earlier in
            earlier.duration(to: time) < spacing && time.duration(to: earlier) < spacing
        }
    }
}

/// The texts of a night's chats, one after the other.
package struct ChatTexts: Sendable, Sequence {
    fileprivate let log: ChatLog

    package func makeIterator() -> some IteratorProtocol<
        (userName: String, message: String, timestamp: String)
    > {
        log.messages.makeIterator()
    }
}

extension ChatMessage {
    /// A JSON array of name, message and timestamp, each.
    fileprivate static func text(of messages: [ChatMessage]) -> String {
        let rows = messages.map { message in
            JSONValue.array([
                .string(message.userName), .string(message.message), .string(message.timestamp),
            ])
        }
        return JSONValue.array(rows).text
    }

    fileprivate static func stored(_ json: String) -> [ChatMessage] {
        let rows = (try? JSONReader.read(Array(json.utf8)))?.arrayValue ?? []
        return rows.compactMap { row in
            let texts = row.arrayValue?.compactMap(\.stringValue) ?? []
            guard texts.count == 3, let time = UTCTime(rfc3339: texts[2]) else { return nil }
            return ChatMessage(
                userName: texts[0], message: texts[1], timestamp: texts[2], time: time)
        }
    }
}
