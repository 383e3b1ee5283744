import Engine
import JSON
import Station
import Transport

/// 003: what people thought of the games.
struct VoteRoutes: Sendable {
    let station: FieldStation

    private static let votes = "/game-night/api/votes"
    /// How many votes a page has when nobody says, and at most.
    static let pageSize = 50
    static let pageSizes = 1...100
    static let pages = 1...Int(Int32.max)
    /// What things are numbered by.
    static let numbers = 0...Int(Int32.max)

    var routes: [Route] {
        [
            Route("GET", GameNightRoutes.path + "/{id}/votes", totals, operations.totals),
            Route(
                "POST", GameNightRoutes.path + "/{id}/chat-import", importChat,
                operations.importChat),
            Route("GET", Self.votes, list, operations.list),
            Route("POST", Self.votes + "/live", vote, operations.vote),
        ]
    }

    private var operations: VoteOperations { VoteOperations(limits: station.nights.limits) }
    private var access: Access { Access(station: station) }

    private func game(_ id: Int) -> Game? { station.games.enter { $0.game(id) } }

    // MARK: Live votes

    private func totals(_ request: APIRequest) throws(APIError) -> Reply {
        let night = try station.night(request)
        let totals = station.votes.enter { $0.totals(of: night.id) }
        let votes = totals.map { total -> JSONValue in
            let game = game(total.game)
            return [
                "game_id": .integer(Int64(total.game)),
                "title": game.map { .string($0.description.title) } ?? .null,
                "pack_name": game.map { .string($0.description.pack) } ?? .null,
                "upvotes": .integer(Int64(total.up)), "downvotes": .integer(Int64(total.down)),
                "net_score": .integer(Int64(total.net)),
                "total_votes": .integer(Int64(total.up + total.down)),
            ]
        }
        return .object(["session_id": .integer(Int64(night.id)), "votes": .array(votes)])
    }

    private func vote(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let body = GameNightBody(try request.object(isOptional: true))
        let name = try body.required("username", try body.text("username"))
        let word = try body.required("vote", try body.text("vote"))
        guard word == "up" || word == "down" else {
            throw APIError(400, "vote must be up or down")
        }
        let timestamp = try body.required("timestamp", try body.text("timestamp"))
        guard let time = UTCTime(rfc3339: timestamp) else {
            throw APIError(400, "timestamp must be a time as in ISO 8601")
        }
        let (vote, game) = try station.votes.enter(throwing: APIError.init) {
            (votes) throws(VoteError) in
            try votes.vote(name, isUp: word == "up", at: time)
        }
        return .object(answer(to: vote, game)).noted(
            AuditNote(
                resource: "game:\(game.id)", details: "\(vote.userName) votes \(word)",
                session: String(vote.night)))
    }

    private func answer(to vote: LiveVote, _ game: Game) -> JSONObject {
        [
            "success": .bool(true), "message": .string("Vote recorded successfully"),
            "session": [
                "id": .integer(Int64(vote.night)),
                "games_played": .integer(
                    Int64(station.nights.enter { $0.games(of: vote.night).count })),
            ],
            "game": [
                "id": .integer(Int64(game.id)), "title": .string(game.description.title),
                "upvotes": .integer(Int64(game.upvotes)),
                "downvotes": .integer(Int64(game.downvotes)),
                "popularity_score": .integer(Int64(game.popularity)),
            ],
            "vote": [
                "username": .string(vote.userName), "type": .string(vote.isUp ? "up" : "down"),
                "timestamp": .string(vote.time.text(.milliseconds)),
            ],
        ]
    }

    // MARK: The list

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let night = try Self.number(request, "session_id", in: Self.numbers)
        let game = try Self.number(request, "game_id", in: Self.numbers)
        let name = request.query("username")
        let type = request.query("vote_type")
        guard type == nil || type == "up" || type == "down" else {
            throw APIError(400, "vote_type must be up or down")
        }
        let page = try Self.number(request, "page", in: Self.pages) ?? 1
        let limit = try Self.number(request, "limit", in: Self.pageSizes) ?? Self.pageSize
        let votes = station.votes.enter { $0.all() }.filter { vote in
            (night.map { $0 == vote.night } ?? true) && (game.map { $0 == vote.game } ?? true)
                && (name.map { $0 == vote.userName } ?? true)
                && (type.map { ($0 == "up") == vote.isUp } ?? true)
        }
        let shown = votes.dropFirst((page - 1) * limit).prefix(limit)
        return .object([
            "votes": .array(shown.map(json)),
            "pagination": [
                "page": .integer(Int64(page)), "limit": .integer(Int64(limit)),
                "total": .integer(Int64(votes.count)),
                "total_pages": .integer(Int64((votes.count + limit - 1) / limit)),
            ],
        ])
    }

    private func json(_ vote: LiveVote) -> JSONValue {
        let game = game(vote.game)
        return [
            "id": .integer(Int64(vote.id)), "session_id": .integer(Int64(vote.night)),
            "game_id": .integer(Int64(vote.game)),
            "game_title": game.map { .string($0.description.title) } ?? .null,
            "pack_name": game.map { .string($0.description.pack) } ?? .null,
            "username": .string(vote.userName), "vote_type": .string(vote.isUp ? "up" : "down"),
            "timestamp": .string(vote.time.text(.milliseconds)),
            "created_at": .string(vote.createdAt.text(.milliseconds)),
        ]
    }

    /// A number of the query; nil when it is absent.
    private static func number(
        _ request: APIRequest, _ name: String, in range: ClosedRange<Int>
    ) throws(APIError) -> Int? {
        guard let text = request.query(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw APIError(
                400,
                "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    // MARK: Chats

    private func importChat(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        guard let chat = try request.object(isOptional: true)["chatData"]?.arrayValue else {
            throw APIError(400, "chatData must be an array")
        }
        let night = try station.night(request)
        var messages: [ChatMessage] = []
        messages.reserveCapacity(chat.count)
        for (index, value) in chat.enumerated() { messages.append(try message(value, index)) }
        let read = messages
        return .later { answer in
            station.votes.enter { votes in
                votes.take(read, into: night.id) { result in
                    answer { () throws(APIError) in
                        switch result {
                        case .success(let result):
                            .object(json(result))
                                .noted(AuditNote(details: "\(result.votes) votes"))
                        case .failure(let error): throw APIError(error)
                        }
                    }
                }
            }
        }
    }

    private func message(_ value: JSONValue, _ index: Int) throws(APIError) -> ChatMessage {
        let limits = station.nights.limits
        func text(_ key: String, _ bytes: Int) throws(APIError) -> String {
            guard let text = value.objectValue?[key]?.stringValue, text.utf8.count <= bytes else {
                throw APIError(
                    400, "chatData[\(index)].\(key) must be a string of at most \(bytes) bytes")
            }
            return text
        }
        let name = try text("username", limits.messageBytes)
        let message = try text("message", limits.messageBytes)
        let timestamp = try text("timestamp", limits.messageBytes)
        guard let time = UTCTime(rfc3339: timestamp) else {
            throw APIError(400, "chatData[\(index)].timestamp must be a time as in ISO 8601")
        }
        return ChatMessage(userName: name, message: message, timestamp: timestamp, time: time)
    }

    private func json(_ result: ChatImportResult) -> JSONObject {
        let byGame = result.votesByGame.map { total in
            JSONObject.Member(
                key: String(total.game),
                value: [
                    "title": game(total.game).map { .string($0.description.title) } ?? .null,
                    "upvotes": .integer(Int64(total.up)),
                    "downvotes": .integer(Int64(total.down)),
                ])
        }
        let timeline = result.timeline.map { played -> JSONValue in
            [
                "title": game(played.game).map { .string($0.description.title) } ?? .null,
                "played_at": .string(played.playedAt.text(.milliseconds)),
                "played_at_ms": .integer(played.playedAt.nanoseconds / 1_000_000),
            ]
        }
        let matches = result.matches.map { match -> JSONValue in
            [
                "username": .string(match.userName), "timestamp": .string(match.timestamp),
                "timestamp_ms": .integer(match.time.nanoseconds / 1_000_000),
                "vote": .string(match.vote.rawValue),
                "game": match.game.flatMap(game).map { .string($0.description.title) } ?? .null,
            ]
        }
        return [
            "message": .string("Chat log imported and processed successfully"),
            "messagesImported": .integer(Int64(result.imported)),
            "duplicatesSkipped": .integer(Int64(result.duplicates)),
            "votesProcessed": .integer(Int64(result.votes)),
            "votesByGame": .object(JSONObject(byGame)),
            "debug": [
                "sessionGamesTimeline": .array(timeline), "voteMatches": .array(matches),
            ],
        ]
    }
}
