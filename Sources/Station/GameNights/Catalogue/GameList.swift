/// The catalogue as a file of comma-separated values (RFC 4180), with a line of names first.
package enum GameList {
    private static let columns = [
        "pack_name", "title", "min_players", "max_players", "length_minutes", "has_audience",
        "family_friendly", "game_type", "secondary_type", "enabled", "favor_bias",
    ]

    /// The list that a fresh store starts from.
    package static var initial: [Game.Description] {
        // A test reads it: nothing is wrong with it.
        (try? read(String(decoding: PackageResources.games_csv, as: UTF8.self))) ?? []
    }

    // MARK: Writing

    package static func csv(_ games: [Game.Description]) -> String {
        let rows = games.map { game in
            [
                game.pack, game.title, String(game.minPlayers), String(game.maxPlayers),
                game.lengthMinutes.map(String.init) ?? "", game.hasAudience ? "1" : "0",
                game.isFamilyFriendly ? "1" : "0", game.type ?? "", game.secondaryType ?? "",
                game.isEnabled ? "1" : "0", String(game.favor),
            ]
        }
        return ([columns] + rows).map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func quoted(_ field: String) -> String {
        // Not by characters: a comma with an accent on it is another one, and a comma all the same.
        let scalars = field.unicodeScalars
        guard scalars.contains(where: { [",", "\"", "\r", "\n"].contains($0) }) else {
            return field
        }
        var quoted = String.UnicodeScalarView()
        for scalar in scalars { quoted += scalar == "\"" ? [scalar, scalar] : [scalar] }
        return "\"" + String(quoted) + "\""
    }

    // MARK: Reading

    /// Columns are found by their names, in any order; those that nobody knows are left out.
    package static func read(_ text: String) throws(GameListError) -> [Game.Description] {
        var rows = try CommaSeparatedValues.rows(of: text)[...]
        guard let names = rows.popFirst() else { throw GameListError(line: 1, "the list is empty") }
        var positions: [String: Int] = [:]
        for (index, name) in names.fields.enumerated() {
            let name = name.lowercased().filter { $0 != " " }
            guard positions.updateValue(index, forKey: name) == nil else {
                throw GameListError(line: names.line, "the column \(name) is there twice")
            }
        }
        for name in columns.prefix(4) where positions[name] == nil {
            throw GameListError(line: names.line, "the column \(name) is missing")
        }
        var games: [Game.Description] = []
        for row in rows { games.append(try game(Fields(row: row, positions: positions))) }
        return games
    }

    private static func game(_ fields: Fields) throws(GameListError) -> Game.Description {
        var game = Game.Description(
            title: fields["title"], pack: fields["pack_name"],
            minPlayers: try fields.required("min_players"),
            maxPlayers: try fields.required("max_players"))
        game.lengthMinutes = try fields.number("length_minutes")
        game.hasAudience = try fields.flag("has_audience") ?? false
        game.isFamilyFriendly = try fields.flag("family_friendly") ?? false
        game.type = fields.text("game_type")
        game.secondaryType = fields.text("secondary_type")
        game.isEnabled = try fields.flag("enabled") ?? true
        game.favor = try fields.number("favor_bias") ?? 0
        if let problem = game.problem(GameNightLimits()) {
            throw GameListError(line: fields.row.line, problem.description)
        }
        return game
    }

    /// One row, by the names of the columns.
    private struct Fields {
        let row: CommaSeparatedValues.Row
        let positions: [String: Int]

        subscript(name: String) -> String {
            guard let index = positions[name], row.fields.indices.contains(index) else { return "" }
            return row.fields[index]
        }

        func text(_ name: String) -> String? {
            let text = self[name]
            return text.isEmpty ? nil : text
        }

        func number(_ name: String) throws(GameListError) -> Int? {
            guard let text = text(name) else { return nil }
            guard let number = Int(text) else {
                throw GameListError(line: row.line, "\(name) must be a whole number, not \(text)")
            }
            return number
        }

        func required(_ name: String) throws(GameListError) -> Int {
            guard let number = try number(name) else {
                throw GameListError(line: row.line, "\(name) is required")
            }
            return number
        }

        func flag(_ name: String) throws(GameListError) -> Bool? {
            switch text(name)?.lowercased() {
            case nil: return nil
            case "1"?, "true"?, "yes"?: return true
            case "0"?, "false"?, "no"?: return false
            case let text?:
                throw GameListError(line: row.line, "\(name) must be 1 or 0, not \(text)")
            }
        }
    }
}

/// What is wrong with a list, and where.
package struct GameListError: Error, Sendable, Equatable, CustomStringConvertible {
    package let line: Int
    package let problem: String

    init(line: Int, _ problem: String) {
        self.line = line
        self.problem = problem
    }

    package var description: String { "line \(line): \(problem)" }
}
