import Engine
import JSON
import Station
import Transport

/// 003: the catalogue of games.
struct GameRoutes: Sendable {
    let station: FieldStation

    private static let path = "/game-night/api/games"

    var routes: [Route] {
        [
            Route("GET", Self.path, list, operations.list),
            Route("POST", Self.path, add, operations.add),
            Route("GET", Self.path + "/export/csv", export, operations.export),
            Route("POST", Self.path + "/import/csv", take, operations.take),
            Route("GET", Self.path + "/{id}", show, operations.show),
            Route("PUT", Self.path + "/{id}", change, operations.change),
            Route("DELETE", Self.path + "/{id}", delete, operations.delete),
        ]
    }

    private var operations: GameOperations { GameOperations(limits: station.nights.limits) }
    private var access: Access { Access(station: station) }

    private func games<Result: Sendable>(
        _ call: (isolated Games) throws(GamesError) -> Result
    ) throws(APIError) -> Result {
        try station.games.enter(throwing: APIError.init, call)
    }

    private func find(_ request: APIRequest) throws(APIError) -> Game {
        let game = Int(request[parameter: "id"]).flatMap { id in
            station.games.enter { $0.game(id) }
        }
        guard let game else { throw APIError(GamesError.unknownGame) }
        return game
    }

    // MARK: Answers

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let filter = try GameFilter(request, station.nights.limits)
        let games = station.games.enter { $0.all() }.filter(filter.takes)
        return .json(200, .array(games.map { .object($0.json) }))
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        .object(try find(request).json)
    }

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let description = try Self.description(try request.object(), base: nil)
        let game = try games { (games) throws(GamesError) in try games.add(description) }
        return .object(game.json, status: 201)
    }

    private func change(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let old = try find(request)
        let description = try Self.description(try request.object(), base: old.description)
        let game = try games { (games) throws(GamesError) in
            try games.change(old.id, to: description)
        }
        return .object(game.json)
    }

    private func delete(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let id = try find(request).id
        let isUsed = station.nights.enter { $0.usedGames.contains(id) }
        try games { (games) throws(GamesError) in try games.delete(id, isUsed: isUsed) }
        return .object([
            "message": .string("Game deleted successfully"), "gameId": .integer(Int64(id)),
        ])
    }

    private func export(_ request: APIRequest) throws(APIError) -> Reply {
        let csv = GameList.csv(station.games.enter { $0.all() }.map(\.description))
        return .content(
            type: "text/csv; charset=utf-8", bytes: Array(csv.utf8),
            headers: [
                .init(name: "Content-Disposition", value: "attachment; filename=\"games.csv\"")
            ])
    }

    private func take(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let (csv, mode) = try Self.list(in: request)
        let list: [Game.Description]
        do throws(GameListError) {
            list = try GameList.read(csv)
        } catch {
            throw APIError(400, error.description)
        }
        let used = station.nights.enter { $0.usedGames }
        let isUsed: ((Int) -> Bool)? = mode == .replace ? { used.contains($0) } : nil
        let (added, changed, removed) = try games { (games) throws(GamesError) in
            try games.take(list, replacing: isUsed)
        }
        return .object([
            "message": .string("Games imported successfully"),
            "added": .integer(Int64(added)), "updated": .integer(Int64(changed)),
            "removed": .integer(Int64(removed)),
        ])
    }

    private enum Mode: String {
        case append
        case replace
    }

    /// The list, as the body or in a JSON object, and what becomes of the other games.
    private static func list(in request: APIRequest) throws(APIError) -> (String, Mode) {
        let type = request.http.headers["Content-Type"]?.lowercased() ?? ""
        let csv: String
        var mode = request.query("mode")
        if type.hasPrefix("text/csv") || type.hasPrefix("text/plain") {
            guard let text = String(validating: request.http.body, as: UTF8.self) else {
                throw APIError(400, "the list must be UTF-8")
            }
            csv = text
        } else {
            let body = GameNightBody(try request.object())
            csv = try body.required("csvData", try body.text("csvData"))
            mode = try body.text("mode") ?? mode
        }
        guard let known = Mode(rawValue: mode ?? "append") else {
            throw APIError(400, "mode must be append or replace")
        }
        return (csv, known)
    }

    // MARK: JSON

    /// - Parameter base: what stays where the body says nothing; nil for a new game.
    private static func description(
        _ json: JSONObject, base: Game.Description?
    ) throws(APIError) -> Game.Description {
        let body = GameNightBody(json)
        let title = try body.required("title", try body.text("title") ?? base?.title)
        let pack = try body.required("pack_name", try body.text("pack_name") ?? base?.pack)
        let least = try body.required(
            "min_players", try body.integer("min_players") ?? base?.minPlayers)
        let most = try body.required(
            "max_players", try body.integer("max_players") ?? base?.maxPlayers)
        var game = Game.Description(
            title: title, pack: pack, minPlayers: least, maxPlayers: most)
        game.lengthMinutes =
            json["length_minutes"] == nil
            ? base?.lengthMinutes : try body.integer("length_minutes")
        game.hasAudience = try body.flag("has_audience") ?? base?.hasAudience ?? false
        game.isFamilyFriendly =
            try body.flag("family_friendly") ?? base?.isFamilyFriendly ?? false
        game.type = json["game_type"] == nil ? base?.type : try body.text("game_type")
        game.secondaryType =
            json["secondary_type"] == nil ? base?.secondaryType : try body.text("secondary_type")
        game.isEnabled = try body.flag("enabled") ?? base?.isEnabled ?? true
        game.favor = try body.integer("favor_bias") ?? base?.favor ?? 0
        return game
    }
}

/// Which games of the catalogue somebody wants to see.
private struct GameFilter {
    private let isEnabled: Bool?
    private let isFamilyFriendly: Bool?
    private let players: Int?
    private let pack: String?

    init(_ request: APIRequest, _ limits: GameNightLimits) throws(APIError) {
        isEnabled = try Self.flag(request, "enabled")
        isFamilyFriendly = try Self.flag(request, "familyFriendly")
        pack = request.query("pack")
        guard let text = request.query("playerCount") else {
            players = nil
            return
        }
        guard let number = Int(text), limits.players.contains(number) else {
            throw APIError(
                400, "playerCount must be a whole number from 0 to \(limits.players.upperBound)")
        }
        players = number
    }

    private static func flag(_ request: APIRequest, _ name: String) throws(APIError) -> Bool? {
        switch request.query(name) {
        case nil: return nil
        case "true"?, "1"?: return true
        case "false"?, "0"?: return false
        default: throw APIError(400, "\(name) must be true or false")
        }
    }

    func takes(_ game: Game) -> Bool {
        let game = game.description
        return (isEnabled.map { $0 == game.isEnabled } ?? true)
            && (isFamilyFriendly.map { $0 == game.isFamilyFriendly } ?? true)
            && (pack.map { $0 == game.pack } ?? true)
            && (players.map { game.minPlayers <= $0 && $0 <= game.maxPlayers } ?? true)
    }
}
