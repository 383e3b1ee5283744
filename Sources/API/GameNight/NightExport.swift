import Engine
import JSON
import Station

/// A night as a file: for programs, or for people.
struct NightExport {
    enum Format: String {
        case json
        case txt

        var mediaType: String { self == .json ? "application/json" : "text/plain; charset=utf-8" }
    }

    let night: GameNight
    let games: [(NightGame, Game)]
    let chat: ChatTexts

    func bytes(_ format: Format) -> [UInt8] {
        switch format {
        case .json: JSONValue.object(json).bytes()
        case .txt: Array(text.utf8)
        }
    }

    // MARK: JSON

    private var json: JSONObject {
        [
            "session": [
                "id": .integer(Int64(night.id)),
                "created_at": .string(night.createdAt.text(.milliseconds)),
                "closed_at": night.closedAt.map { .string($0.text(.milliseconds)) } ?? .null,
                "is_active": .bool(night.isActive),
                "notes": night.notes.map { .string($0) } ?? .null,
                "games_played": .integer(Int64(games.count)),
            ],
            "games": .array(
                games.map { played, game in
                    [
                        "title": .string(game.description.title),
                        "pack": .string(game.description.pack), "players": .string(players(game)),
                        "type": game.description.type.map { .string($0) } ?? .null,
                        "played_at": .string(played.playedAt.text(.milliseconds)),
                        "manually_added": .bool(played.isManuallyAdded),
                        "status": .string(played.status.rawValue),
                    ]
                }),
            "chat_logs": .array(
                chat.map { message in
                    [
                        "username": .string(message.userName),
                        "message": .string(message.message),
                        "timestamp": .string(time(message.timestamp)),
                        "vote": VoteWord(in: message.message).map { .string($0.rawValue) } ?? .null,
                    ]
                }),
        ]
    }

    private func players(_ game: Game) -> String {
        "\(game.description.minPlayers)-\(game.description.maxPlayers)"
    }

    /// A chat's own way to write a time, in the API's way.
    private func time(_ text: String) -> String {
        UTCTime(rfc3339: text)?.text(.milliseconds) ?? text
    }

    // MARK: Text

    private var text: String {
        var lines = [
            "Game night session #\(night.id)", String(repeating: "=", count: 40),
            "Created:      \(night.createdAt.text(.milliseconds))",
            "Closed:       \(night.closedAt?.text(.milliseconds) ?? "still active")",
            "Games played: \(games.count)",
        ]
        if let notes = night.notes { lines.append("Notes:        \(notes)") }
        lines += section("Games played")
        for (index, (played, game)) in games.enumerated() {
            let added = played.isManuallyAdded ? ", added by hand" : ""
            lines += [
                "\(index + 1). \(game.description.title)", "   Pack:    \(game.description.pack)",
                "   Players: \(players(game))", "   Type:    \(game.description.type ?? "-")",
                "   Played:  \(played.playedAt.text(.milliseconds))",
                "   Status:  \(played.status.rawValue)\(added)",
            ]
        }
        lines += section("Chat")
        for message in chat {
            let vote = VoteWord(in: message.message).map { " [\($0.rawValue)]" } ?? ""
            lines.append(
                "[\(time(message.timestamp))] \(message.userName): \(message.message)\(vote)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func section(_ title: String) -> [String] {
        ["", title.uppercased(), String(repeating: "-", count: 40)]
    }
}
