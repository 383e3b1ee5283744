package import Engine

/// A party game of the catalogue.
package struct Game: Sendable, Equatable {
    /// What people say of it.
    package struct Description: Sendable, Equatable {
        package var title: String
        /// The box that it comes in.
        package var pack: String
        package var minPlayers: Int
        package var maxPlayers: Int
        package var lengthMinutes: Int?
        package var hasAudience = false
        package var isFamilyFriendly = false
        package var type: String?
        package var secondaryType: String?
        package var isEnabled = true
        /// Whether it is rather played, 1, or rather not, −1.
        package var favor = 0

        package init(title: String, pack: String, minPlayers: Int, maxPlayers: Int) {
            self.title = title
            self.pack = pack
            self.minPlayers = minPlayers
            self.maxPlayers = maxPlayers
        }
    }

    package let id: Int
    package var description: Description
    package let createdAt: UTCTime
    /// How often it was added to a night.
    package var plays = 0
    package var upvotes = 0
    package var downvotes = 0

    package var popularity: Int { upvotes - downvotes }
}

extension Game.Description {
    /// What of it cannot be; nil for nothing.
    func problem(_ limits: GameNightLimits) -> GameProblem? {
        let texts = [("title", title), ("pack_name", pack)]
        for (name, text) in texts where text.isEmpty {
            return .required(name)
        }
        let optional = [("game_type", type ?? ""), ("secondary_type", secondaryType ?? "")]
        for (name, text) in texts + optional
        where !text.isPlainText(atMost: limits.gameTextCharacters) {
            return .text(name, characters: limits.gameTextCharacters)
        }
        let mostPlayers = limits.players.upperBound
        guard (1...mostPlayers).contains(minPlayers) else {
            return .number("min_players", 1...mostPlayers)
        }
        guard minPlayers <= maxPlayers, maxPlayers <= mostPlayers else {
            return .number("max_players", minPlayers...mostPlayers)
        }
        if let lengthMinutes, !limits.lengthMinutes.contains(lengthMinutes) {
            return .number("length_minutes", limits.lengthMinutes)
        }
        guard (-1...1).contains(favor) else { return .number("favor_bias", -1...1) }
        return nil
    }
}

/// What is wrong with the description of a game.
package enum GameProblem: Error, Sendable, Equatable {
    case required(String)
    case text(String, characters: Int)
    case number(String, ClosedRange<Int>)
}

extension GameProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .required(let name): "\(name) is required"
        case .text(let name, let characters):
            "\(name) must be one line of at most \(characters) characters"
        case .number(let name, let range):
            "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        }
    }
}

extension Game {
    var row: StoreRow {
        [
            "id": .integer(Int64(id)), "title": .text(description.title),
            "pack_name": .text(description.pack),
            "min_players": .integer(Int64(description.minPlayers)),
            "max_players": .integer(Int64(description.maxPlayers)),
            "length_minutes": description.lengthMinutes.map { .integer(Int64($0)) } ?? .null,
            "has_audience": .integer(description.hasAudience ? 1 : 0),
            "family_friendly": .integer(description.isFamilyFriendly ? 1 : 0),
            "game_type": description.type.map { .text($0) } ?? .null,
            "secondary_type": description.secondaryType.map { .text($0) } ?? .null,
            "enabled": .integer(description.isEnabled ? 1 : 0),
            "favor_bias": .integer(Int64(description.favor)),
            "play_count": .integer(Int64(plays)), "upvotes": .integer(Int64(upvotes)),
            "downvotes": .integer(Int64(downvotes)), "created_ns": .integer(createdAt.nanoseconds),
        ]
    }

    static func stored(_ row: StoreRow) -> Game? {
        func number(_ name: String) -> Int? { row.integer(name).map { Int(clamping: $0) } }
        guard let id = number("id"), let title = row.text("title"),
            let pack = row.text("pack_name"), let least = number("min_players"),
            let most = number("max_players"), let created = row.integer("created_ns")
        else { return nil }
        var description = Description(
            title: title, pack: pack, minPlayers: least, maxPlayers: most)
        description.lengthMinutes = number("length_minutes")
        description.hasAudience = number("has_audience") == 1
        description.isFamilyFriendly = number("family_friendly") == 1
        description.type = row.text("game_type")
        description.secondaryType = row.text("secondary_type")
        description.isEnabled = number("enabled") == 1
        description.favor = number("favor_bias") ?? 0
        return Game(
            id: id, description: description, createdAt: UTCTime(nanoseconds: created),
            plays: number("play_count") ?? 0, upvotes: number("upvotes") ?? 0,
            downvotes: number("downvotes") ?? 0)
    }
}
