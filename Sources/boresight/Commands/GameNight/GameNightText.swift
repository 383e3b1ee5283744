import JSON

/// A night as people read it.
enum GameNightText {
    /// - Parameter rooms: what is known of each game's room.
    static func status(
        _ night: JSONObject, _ games: [JSONValue], _ rooms: [JSONValue]
    ) -> String {
        let end = night["closed_at"].flatMap { $0 == .null ? nil : $0 }
        let head = Table(rows: [
            ["night", Words.text(night["id"])], ["notes", Words.text(night["notes"])],
            ["begun", Words.text(night["created_at"])], ["ended", Words.text(end)],
        ]).text
        guard !games.isEmpty else { return head }
        let rows = zip(games, rooms).map { game, room -> [String] in
            let game = game.objectValue ?? [:]
            let room = room.objectValue ?? [:]
            return [
                Words.text(game["title"]), Words.text(game["status"]),
                Words.text(game["room_code"]), state(room), Words.text(room["playerCount"]),
                Words.text(game["upvotes"]), Words.text(game["downvotes"]),
            ]
        }
        let table = Table(
            header: ["title", "status", "room", "state", "players", "up", "down"], rows: rows)
        return head + "\n" + table.text
    }

    private static func state(_ room: JSONObject) -> String {
        guard room["monitoring"] == .bool(true) else { return "-" }
        let words = [room["gameState"], room["lobbyState"]].compactMap { $0?.stringValue }
        return words.isEmpty ? "connecting" : Words.printable(words.joined(separator: ", "))
    }
}
