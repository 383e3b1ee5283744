package import Engine

/// An evening of games. At most one is active.
package struct GameNight: Sendable, Equatable {
    package let id: Int
    package var notes: String?
    /// To the millisecond, which is as exact as it is shown.
    package let createdAt: UTCTime
    package var closedAt: UTCTime?

    package var isActive: Bool { closedAt == nil }
}

/// A game that is, was or was not played on a night.
package struct NightGame: Sendable, Equatable {
    package enum Status: String, Sendable, CaseIterable {
        case playing
        case played
        case skipped
    }

    /// How far the look into its room has come; nil when there was none.
    package enum Check: String, Sendable {
        /// A monitor runs, or is to run again after a restart.
        case monitoring
        /// The game has ended, or somebody has said how many played.
        case completed
        case stopped
        /// The room could not be watched.
        case failed
    }

    package let id: Int
    package let night: Int
    package let game: Int
    package let isManuallyAdded: Bool
    package let playedAt: UTCTime
    package var status = Status.playing
    package var roomCode: String?
    package var playerCount: Int?
    package var check: Check?
}

/// A room of the service: four letters A–Z or digits.
package enum RoomCode {
    package static func isOne(_ text: String) -> Bool {
        text.utf8.count == 4
            && text.utf8.allSatisfy {
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }
}

/// Why something of a night is refused.
package enum GameNightError: Error, Sendable, Equatable {
    case unknownNight
    case unknownNightGame
    case unknownGame
    /// Which one is active.
    case anotherIsActive(Int)
    case isActive
    case isClosed
    case notes(characters: Int)
    case invalidRoomCode
    case noRoomCode
    case invalidPlayerCount
    case tooManyNights
    case tooManyGames
    case tooManyMonitors
}

extension GameNight {
    var row: StoreRow {
        [
            "id": .integer(Int64(id)), "notes": notes.map { .text($0) } ?? .null,
            "created_ns": .integer(createdAt.nanoseconds),
            "closed_ns": closedAt.map { .integer($0.nanoseconds) } ?? .null,
        ]
    }

    static func stored(_ row: StoreRow) -> GameNight? {
        guard let id = row.integer("id"), let created = row.integer("created_ns") else {
            return nil
        }
        return GameNight(
            id: Int(clamping: id), notes: row.text("notes"),
            createdAt: UTCTime(nanoseconds: created),
            closedAt: row.integer("closed_ns").map { UTCTime(nanoseconds: $0) })
    }
}

extension NightGame {
    var row: StoreRow {
        [
            "id": .integer(Int64(id)), "night_id": .integer(Int64(night)),
            "game_id": .integer(Int64(game)), "manually_added": .integer(isManuallyAdded ? 1 : 0),
            "status": .text(status.rawValue), "room_code": roomCode.map { .text($0) } ?? .null,
            "played_ns": .integer(playedAt.nanoseconds),
            "player_count": playerCount.map { .integer(Int64($0)) } ?? .null,
            "check_status": check.map { .text($0.rawValue) } ?? .null,
        ]
    }

    static func stored(_ row: StoreRow) -> NightGame? {
        guard let id = row.integer("id"), let night = row.integer("night_id"),
            let game = row.integer("game_id"), let played = row.integer("played_ns"),
            let status = row.text("status").flatMap(Status.init(rawValue:))
        else { return nil }
        return NightGame(
            id: Int(clamping: id), night: Int(clamping: night), game: Int(clamping: game),
            isManuallyAdded: row.integer("manually_added") == 1,
            playedAt: UTCTime(nanoseconds: played), status: status,
            roomCode: row.text("room_code"),
            playerCount: row.integer("player_count").map { Int(clamping: $0) },
            check: row.text("check_status").flatMap(Check.init(rawValue:)))
    }
}
