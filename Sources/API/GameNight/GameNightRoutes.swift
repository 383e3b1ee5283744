import Engine
import JSON
import Station
import Transport

/// 003: the nights themselves.
struct GameNightRoutes: Sendable {
    let station: FieldStation

    static let path = "/game-night/api/sessions"

    var routes: [Route] {
        [
            Route("GET", Self.path, list, operations.list),
            Route("GET", Self.path + "/active", active, operations.active),
            Route("GET", Self.path + "/{id}", show, operations.show),
            Route("POST", Self.path, begin, operations.begin),
            Route("POST", Self.path + "/{id}/close", close, operations.close),
            Route("DELETE", Self.path + "/{id}", delete, operations.delete),
            Route("GET", Self.path + "/{id}/export", export, operations.export),
        ]
    }

    private var operations: GameNightOperations {
        GameNightOperations(limits: station.nights.limits)
    }

    private var access: Access { Access(station: station) }

    private func gamesPlayed(_ night: Int) -> Int {
        station.nights.enter { $0.games(of: night).count }
    }

    private func json(_ night: GameNight) -> JSONObject {
        night.json(gamesPlayed: gamesPlayed(night.id))
    }

    // MARK: Answers

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        .json(200, .array(station.nights.enter { $0.all() }.map { .object(json($0)) }))
    }

    private func active(_ request: APIRequest) throws(APIError) -> Reply {
        guard let night = station.nights.enter({ $0.active }) else {
            return .object(["session": .null, "message": .string("No active session")])
        }
        return .object(json(night))
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        .object(json(try station.night(request)))
    }

    private func begin(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let notes = try GameNightBody(try request.object(isOptional: true)).text("notes")
        let night = try station.nights.enter(throwing: APIError.init) {
            (nights) throws(GameNightError) in
            try nights.begin(notes: notes)
        }
        return .object(night.json(), status: 201)
    }

    private func close(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let id = try station.night(request).id
        let notes = try GameNightBody(try request.object(isOptional: true)).text("notes")
        let night = try station.nights.enter(throwing: APIError.init) {
            (nights) throws(GameNightError) in
            try nights.close(id, notes: notes)
        }
        return .object(json(night))
    }

    private func delete(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let id = try station.night(request).id
        do throws(GameNightError) {
            try station.delete(night: id)
        } catch {
            throw APIError(error)
        }
        return .object([
            "message": .string("Session deleted successfully"), "sessionId": .integer(Int64(id)),
        ])
    }

    private func export(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let night = try station.night(request)
        let format = NightExport.Format(rawValue: request.query("format") ?? "txt")
        guard let format else { throw APIError(400, "format must be json or txt") }
        let export = NightExport(
            night: night, games: station.joined(night.id),
            chat: station.votes.enter { $0.chat(of: night.id) })
        return .content(
            type: format.mediaType, bytes: export.bytes(format),
            headers: [
                .init(
                    name: "Content-Disposition",
                    value: "attachment; filename=\"session-\(night.id).\(format.rawValue)\"")
            ])
    }
}

extension FieldStation {
    /// The night that a path names; 404 when there is none.
    func night(_ request: APIRequest) throws(APIError) -> GameNight {
        try nights.enter(throwing: APIError.init) { (nights) throws(GameNightError) in
            guard let id = Int(request[parameter: "id"]) else { throw .unknownNight }
            return try nights.night(id)
        }
    }

    /// The games of a night with those of the catalogue, in the order in which they were played.
    func joined(_ night: Int) -> [(NightGame, Game)] {
        let played = nights.enter { $0.games(of: night) }
        return Timeline(played).games.compactMap { game in
            games.enter { $0.game(game.game) }.map { (game, $0) }
        }
    }
}
