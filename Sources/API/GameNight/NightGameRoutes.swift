import Engine
import JSON
import Station
import Transport

/// 003: the games of a night, and the monitors of their rooms.
struct NightGameRoutes: Sendable {
    let station: FieldStation

    private static let list = GameNightRoutes.path + "/{id}/games"
    private static let one = GameNightRoutes.path + "/{sessionId}/games/{sessionGameId}"

    var routes: [Route] {
        [
            Route("GET", Self.list, list, operations.list),
            Route("POST", Self.list, add, operations.add),
            Route("PATCH", Self.one + "/status", setStatus, operations.setStatus),
            Route("DELETE", Self.one, remove, operations.remove),
            Route("PATCH", Self.one + "/room-code", setRoomCode, operations.setRoomCode),
            Route("PATCH", Self.one + "/player-count", setPlayerCount, operations.setPlayerCount),
            Route("GET", Self.one + "/status-live", status, operations.status),
            Route("POST", Self.one + "/start-player-check", startMonitor, operations.startMonitor),
            Route("POST", Self.one + "/stop-player-check", stopMonitor, operations.stopMonitor),
        ]
    }

    private var operations: NightGameOperations {
        NightGameOperations(limits: station.nights.limits)
    }

    private var access: Access { Access(station: station) }

    private func nights<Result: Sendable>(
        _ call: (isolated GameNights) throws(GameNightError) -> Result
    ) throws(APIError) -> Result {
        try station.nights.enter(throwing: APIError.init, call)
    }

    /// The game that a path names, with that of the catalogue.
    private func find(_ request: APIRequest) throws(APIError) -> (NightGame, Game) {
        let night = Int(request[parameter: "sessionId"])
        let id = Int(request[parameter: "sessionGameId"])
        let played = try nights { (nights) throws(GameNightError) in
            guard let night, let id else { throw .unknownNightGame }
            return try nights.game(id, of: night)
        }
        guard let game = station.games.enter({ $0.game(played.game) }) else {
            throw APIError(GameNightError.unknownNightGame)
        }
        return (played, game)
    }

    // MARK: Games

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let night = try station.night(request)
        return .json(
            200, .array(station.joined(night.id).map { .object($0.listed($1)) }))
    }

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let body = GameNightBody(try request.object(isOptional: true))
        let id = try body.required("game_id", try body.integer("game_id"))
        let isManual = try body.flag("manually_added") ?? false
        let code = try body.text("room_code")
        let night = try station.night(request)
        guard night.isActive else {
            throw APIError(400, "Cannot add games to a closed session")
        }
        let added = try nights { (nights) throws(GameNightError) in
            try nights.add(id, to: night.id, isManual: isManual, roomCode: code)
        }
        guard let game = station.games.enter({ $0.game(id) }) else {
            throw APIError(GameNightError.unknownGame)
        }
        return .object(added.added(game), status: 201)
    }

    private func setStatus(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let body = try request.object(isOptional: true)
        guard
            let status = body["status"]?.stringValue.flatMap(NightGame.Status.init(rawValue:))
        else { throw APIError(400, "Invalid status. Must be playing, played, or skipped") }
        let (played, _) = try find(request)
        try nights { (nights) throws(GameNightError) in
            try nights.set(status, of: played.id, in: played.night)
        }
        return .object([
            "message": .string("Status updated successfully"), "status": .string(status.rawValue),
        ])
    }

    private func remove(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let (played, _) = try find(request)
        try nights { (nights) throws(GameNightError) in
            try nights.remove(played.id, of: played.night)
        }
        return .object(["message": .string("Game removed from session successfully")])
    }

    private func setRoomCode(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let body = GameNightBody(try request.object(isOptional: true))
        let code = try body.required("room_code", try body.text("room_code"))
        guard RoomCode.isOne(code) else { throw APIError(GameNightError.invalidRoomCode) }
        let (played, game) = try find(request)
        let changed = try nights { (nights) throws(GameNightError) in
            try nights.set(roomCode: code, of: played.id, in: played.night)
        }
        return .object(changed.changed(game))
    }

    private func setPlayerCount(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let body = try request.object(isOptional: true)
        guard let value = body["player_count"], value != .null else {
            throw APIError(400, "player_count is required")
        }
        guard let number = value.integerValue, let count = Int(exactly: number),
            station.nights.limits.players.contains(count)
        else { throw APIError(GameNightError.invalidPlayerCount) }
        let (played, _) = try find(request)
        try nights { (nights) throws(GameNightError) in
            try nights.set(playerCount: count, of: played.id, in: played.night)
        }
        return .object([
            "message": .string("Player count updated successfully"),
            "player_count": .integer(number),
        ])
    }

    // MARK: Monitors

    private func status(_ request: APIRequest) throws(APIError) -> Reply {
        let (played, game) = try find(request)
        let room = station.nights.enter { $0.room(of: played.id) }
        return .object(room?.live ?? played.remembered(game))
    }

    private func startMonitor(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let (played, _) = try find(request)
        try nights { (nights) throws(GameNightError) in
            try nights.startMonitor(of: played.id, in: played.night)
        }
        return .object([
            "message": .string("Room monitor started"), "status": .string("monitoring"),
        ])
    }

    /// The same for a game that there is not, as in the document, which has no refusal.
    private func stopMonitor(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        guard let night = Int(request[parameter: "sessionId"]),
            let id = Int(request[parameter: "sessionGameId"])
        else { throw APIError(GameNightError.unknownNightGame) }
        station.nights.enter { $0.stopMonitor(of: id, in: night) }
        return .object([
            "message": .string("Room monitor and player count check stopped"),
            "status": .string("stopped"),
        ])
    }
}
