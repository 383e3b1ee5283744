import JSON

/// The game-night API as its commands see it.
struct GameNightAPI {
    static let nights = "/game-night/api/sessions"
    static let games = "/game-night/api/games"

    let server: ServerAPI

    init(_ server: ServerAPI) {
        self.server = server
    }

    func active() throws(CommandFailure) -> JSONObject {
        let reply = try server.call(.get, Self.nights + "/active").value.objectValue ?? [:]
        guard reply["id"] != nil else {
            throw CommandFailure(
                .failure, "no night is active", hint: "begin one: boresight game-night start")
        }
        return reply
    }

    /// - Parameter number: of the night; nil for the active one.
    func night(_ number: Int?) throws(CommandFailure) -> JSONObject {
        guard let number else { return try active() }
        return try server.call(.get, "\(Self.nights)/\(number)").value.objectValue ?? [:]
    }

    func path(of night: JSONObject) throws(CommandFailure) -> String {
        guard let id = night["id"]?.integerValue else {
            throw CommandFailure(.failure, "the server's answer has no night")
        }
        return "\(Self.nights)/\(id)"
    }

    /// The game of a number, of a title, or of the beginning of one, whatever its case.
    func game(_ text: String) throws(CommandFailure) -> JSONObject {
        let list = try server.call(.get, Self.games).value.arrayValue ?? []
        let games = list.compactMap(\.objectValue).filter { $0["enabled"] != .integer(0) }
        let things = games.compactMap { game in
            Lookup.Thing(
                id: Words.text(game["id"]), name: Words.text(game["title"]), object: game)
        }
        let wanted = text.lowercased()
        let begun = things.filter { $0.name.lowercased().hasPrefix(wanted) }
        let named = begun.filter { $0.name.lowercased() == wanted }
        if let only = named.first, named.count == 1 { return only.object }
        if let only = begun.first, begun.count == 1 { return only.object }
        if begun.count > 1, !things.contains(where: { $0.id == text }) {
            throw CommandFailure(
                .failure, "\(begun.count) games begin with '\(Words.printable(text))'",
                hint: "there is: " + Lookup("game", begun).names)
        }
        let lookup = Lookup(
            "game", things, remedy: "put the catalogue in: POST \(Self.games)/import/csv")
        return try lookup.thing(text).object
    }
}
