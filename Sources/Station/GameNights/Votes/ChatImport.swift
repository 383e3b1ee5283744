package import Engine

/// What came of an import.
package struct ChatImportResult: Sendable, Equatable {
    /// How a message was understood.
    package struct Match: Sendable, Equatable {
        package let userName: String
        package let timestamp: String
        package let time: UTCTime
        package let vote: VoteWord
        /// Nil when no game was played then.
        package let game: Int?
    }

    package var imported = 0
    package var duplicates = 0
    package var votes = 0
    /// By game, in the order in which the games were played.
    package var votesByGame: [VoteTotals] = []
    package let timeline: [NightGame]
    /// The first ones.
    package var matches: [Match] = []
}

/// Why an import is refused or has ended half-way.
package enum ChatImportError: Error, Sendable, Equatable {
    case unknownNight
    /// The night has no games that could be voted for.
    case noGames
    /// So many messages were taken in before there was no room for more.
    case full(imported: Int)
    case tooManyImports
    /// It may be tried again: what was taken in counts as known then.
    case nightDeleted
}

/// Takes a chat in piece by piece, so that whatever else the station does goes on.
struct ChatImport: Sendable {
    let night: Int
    private let messages: [ChatMessage]
    private let timeline: Timeline
    private let listedMatches: Int
    private var next = 0
    /// Of all pieces.
    private var sum = Tally()
    private(set) var result: ChatImportResult

    init(night: Int, messages: [ChatMessage], timeline: Timeline, listedMatches: Int) {
        self.night = night
        self.messages = messages
        self.timeline = timeline
        self.listedMatches = listedMatches
        result = ChatImportResult(timeline: timeline.games)
    }

    var isDone: Bool { next == messages.count }

    /// The next message, unless all have been taken in.
    private mutating func nextMessage() -> ChatMessage? {
        guard next < messages.count else { return nil }
        defer { next += 1 }
        return messages[next]
    }

    /// What a few messages have brought.
    struct Piece {
        var new: [ChatMessage] = []
        var votes: [VoteTotals] = []
        /// There was no room for the next one; what is here was taken in all the same.
        var isFull = false
    }

    /// Takes in the next messages.
    ///
    /// - Parameter hasRoom: whether a message may be added to the log.
    mutating func take(
        _ count: Int, into log: inout ChatLog, hasRoom: (ChatMessage, ChatLog) -> Bool
    ) -> Piece {
        var piece = Piece()
        var votes = Tally()
        for _ in 0..<count {
            guard let message = nextMessage() else { break }
            if log.knows(message) {
                result.duplicates += 1
                continue
            }
            guard hasRoom(message, log) else {
                piece.isFull = true
                break
            }
            _ = log.add(message)
            piece.new.append(message)
            result.imported += 1
            if let vote = vote(message) { votes.add(vote.up, vote.down, for: vote.game) }
        }
        piece.votes = votes.totals
        for total in piece.votes { sum.add(total.up, total.down, for: total.game) }
        if isDone { result.votesByGame = inOrder(sum.totals) }
        return piece
    }

    private func inOrder(_ totals: [VoteTotals]) -> [VoteTotals] {
        var places: [Int: Int] = [:]
        for (place, game) in timeline.games.enumerated() where places[game.game] == nil {
            places[game.game] = place
        }
        return totals.sorted { places[$0.game] ?? 0 < places[$1.game] ?? 0 }
    }

    private mutating func vote(_ message: ChatMessage) -> VoteTotals? {
        guard let word = VoteWord(in: message.message) else { return nil }
        let game = timeline.game(at: message.time)?.game
        if result.matches.count < listedMatches {
            result.matches.append(
                ChatImportResult.Match(
                    userName: message.userName, timestamp: message.timestamp, time: message.time,
                    vote: word, game: game))
        }
        guard let game else { return nil }
        result.votes += 1
        return VoteTotals(game: game, up: word == .up ? 1 : 0, down: word == .down ? 1 : 0)
    }
}

/// Adds votes up by game.
struct Tally {
    private var byGame: [Int: VoteTotals] = [:]

    mutating func add(_ up: Int, _ down: Int, for game: Int) {
        byGame[game, default: VoteTotals(game: game)].up += up
        byGame[game, default: VoteTotals(game: game)].down += down
    }

    /// By the games' numbers.
    var totals: [VoteTotals] { byGame.values.sorted { $0.game < $1.game } }
}
