package import Engine

/// A vote that came while a game was played.
package struct LiveVote: Sendable, Equatable {
    package let id: Int
    package let night: Int
    package let nightGame: Int
    package let game: Int
    package let userName: String
    package let isUp: Bool
    /// When it was given, by the clock of who tells.
    package let time: UTCTime
    package let createdAt: UTCTime
}

/// How a game was voted on in a night.
package struct VoteTotals: Sendable, Equatable {
    package let game: Int
    package var up = 0
    package var down = 0

    package var net: Int { up - down }
}

/// Why a vote is refused.
package enum VoteError: Error, Sendable, Equatable {
    case noActiveNight
    /// No game was played at that time.
    case noGame
    case duplicate
    case tooManyVotes
    case userName(characters: Int)
}

extension LiveVote {
    var row: StoreRow {
        [
            "id": .integer(Int64(id)), "night_id": .integer(Int64(night)),
            "night_game_id": .integer(Int64(nightGame)), "game_id": .integer(Int64(game)),
            "username": .text(userName), "is_up": .integer(isUp ? 1 : 0),
            "time_ns": .integer(time.nanoseconds), "created_ns": .integer(createdAt.nanoseconds),
        ]
    }

    static func stored(_ row: StoreRow) -> LiveVote? {
        guard let id = row.integer("id"), let night = row.integer("night_id"),
            let nightGame = row.integer("night_game_id"), let game = row.integer("game_id"),
            let name = row.text("username"), let isUp = row.integer("is_up"),
            let time = row.integer("time_ns"), let created = row.integer("created_ns")
        else { return nil }
        return LiveVote(
            id: Int(clamping: id), night: Int(clamping: night),
            nightGame: Int(clamping: nightGame), game: Int(clamping: game), userName: name,
            isUp: isUp == 1, time: UTCTime(nanoseconds: time),
            createdAt: UTCTime(nanoseconds: created))
    }
}
