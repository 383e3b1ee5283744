import JSON
import Station

/// How the catalogue is described.
struct GameOperations {
    let limits: GameNightLimits

    var list: Operation {
        Operation("List games", "By pack and title.").withoutToken
            .query("enabled", .flag).query("familyFriendly", .flag).query("pack", .text)
            .query("playerCount", .integer.within(limits.players), "Only games for so many.")
            .answers(200, "The games.", .list(of: .game))
            .refuses(400, "A query parameter is out of its bounds.")
    }

    var show: Operation { one("Get game").withoutToken.answers(200, "The game.", .game) }

    var add: Operation {
        Operation("Add game").takes(.object(description(isNew: true)).named("NewGame"))
            .answers(201, "The game.", .game)
    }

    var change: Operation {
        one("Update game", "What is not named stays.")
            .takes(.object(description(isNew: false)).named("GameChange"))
            .answers(200, "The game.", .game)
    }

    var delete: Operation {
        one("Delete game").answers(200, "It is gone.", .message(.required("gameId", .integer)))
            .refuses(409, "A session has it.")
    }

    var export: Operation {
        Operation("Export games").withoutToken
            .answers(200, "The catalogue (RFC 4180).", content: [("text/csv", .text)])
    }

    var take: Operation {
        Operation(
            "Import games",
            "As text/csv, or as a member. A game of the same pack and title is changed."
        )
        .query("mode", mode, "Whether the other games stay.")
        .takes(
            .object(.required("csvData", .text), .optional("mode", mode.orNull)).named("GameList")
        )
        .answers(
            200, "What came of it.",
            .message(
                .required("added", .integer), .required("updated", .integer),
                .required("removed", .integer)))
    }

    private var mode: Schema { .choice(["append", "replace"]).byDefault(.string("append")) }

    private func one(_ summary: String, _ text: String = "") -> Operation {
        Operation(summary, text).path("id", .integer, "The game.").refuses(404, "Game not found")
    }

    private func description(isNew: Bool) -> [Schema.Member] {
        let text = Schema.text.characters(0...limits.gameTextCharacters)
            .matching(PlainText.pattern).orNull
        let name = Schema.text.characters(1...limits.gameTextCharacters)
            .matching(PlainText.pattern)
        let players = Schema.integer.within(1...limits.players.upperBound)
        let required: [(String, Schema)] = [
            ("title", name), ("pack_name", name), ("min_players", players),
            ("max_players", players),
        ]
        let optional: [Schema.Member] = [
            .optional("length_minutes", .integer.within(limits.lengthMinutes).orNull),
            .optional("has_audience", .written), .optional("family_friendly", .written),
            .optional("game_type", text), .optional("secondary_type", text),
            .optional("enabled", .written),
            .optional("favor_bias", .integer.within(-1...1).orNull),
        ]
        return required.map { isNew ? .required($0.0, $0.1) : .optional($0.0, $0.1.orNull) }
            + optional
    }
}
