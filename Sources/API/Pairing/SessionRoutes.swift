import Engine
import JSON
import Station
import Transport

/// 000 «Mobile Sessions»: create, look up, join and end a pairing session, and its relay.
struct SessionRoutes: Sendable {
    let station: FieldStation

    var routes: [Route] {
        [
            Route("POST", "/api/sessions", create, action: "create_session"),
            Route("GET", "/api/sessions/{token}", show, action: "show_session"),
            Route("POST", "/api/sessions/{token}/join", join, action: "join_session"),
            Route("DELETE", "/api/sessions/{token}", end, action: "end_session"),
            Route("GET", "/ws/session/{token}", openRelay, action: "open_relay"),
        ]
    }

    private func create(_ request: APIRequest) throws(APIError) -> Reply {
        let (token, summary) = try pairing { (sessions) throws(PairingError) in
            try sessions.create(from: request.http.remoteAddress)
        }
        return .object(Self.json(token.text, summary), status: 201).noted(AuditNote(summary))
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        let hash = try Self.hash(request)
        let summary = try pairing { (sessions) throws(PairingError) in
            try sessions.summary(of: hash)
        }
        return .object(Self.json(request[parameter: "token"], summary))
    }

    private func join(_ request: APIRequest) throws(APIError) -> Reply {
        let hash = try Self.hash(request)
        let body = try request.object(isOptional: true)
        let description: String?
        switch body["device_info"] {
        case nil, .null?: description = nil
        case .string(let text)?: description = text
        default: throw APIError(400, #""device_info" must be a text or null"#)
        }
        let summary = try pairing { (sessions) throws(PairingError) in
            try sessions.join(
                hash, deviceDescription: description, from: request.http.remoteAddress)
        }
        return .object(Self.json(request[parameter: "token"], summary)).noted(AuditNote(summary))
    }

    private func end(_ request: APIRequest) throws(APIError) -> Reply {
        let hash = try Self.hash(request)
        let summary = try pairing { (sessions) throws(PairingError) in try sessions.delete(hash) }
        var note = AuditNote(summary)
        note.endReason = "deleted"
        return .empty(204).noted(note)
    }

    private func openRelay(_ request: APIRequest) throws(APIError) -> Reply {
        let hash = try Self.hash(request)
        try pairing { (sessions) throws(PairingError) in try sessions.checkRoom(in: hash) }
        return .upgrade(
            RelaySocket(
                sessions: station.sessions, session: hash,
                wantsEvents: request.query("events") == "1"))
    }

    /// Calls the sessions and words their refusals.
    private func pairing<Result: Sendable>(
        _ call: (isolated PairingSessions) throws(PairingError) -> Result
    ) throws(APIError) -> Result {
        try station.sessions.enter(throwing: APIError.init, call)
    }

    /// Any token of 1 to 128 URL-safe characters is looked up; no other can be one.
    static func hash(_ request: APIRequest) throws(APIError) -> SecretHash {
        let token = request[parameter: "token"]
        guard isToken(token) else { throw APIError(PairingError.unknownSession) }
        return SecretHash(of: token)
    }

    /// The same where the token is not what is looked up.
    static func checkedToken(_ token: String) throws(APIError) -> String {
        guard isToken(token) else {
            throw APIError(400, "token must be 1 to 128 URL-safe characters")
        }
        return token
    }

    static let tokenCharacters = 1...128

    /// What `isToken` takes, as the documents say it.
    static var tokenSchema: Schema {
        .text.characters(tokenCharacters).matching("[A-Za-z0-9._~-]*")
    }

    static func isToken(_ text: String) -> Bool {
        tokenCharacters.contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."), UInt8(ascii: "~"):
                    true
                default: false
                }
            }
    }

    private static func json(_ token: String, _ summary: PairingSummary) -> JSONObject {
        [
            "token": .string(token),
            "created_at": .string(summary.createdAt.text()),
            "expires_at": .string(summary.expiresAt.text()),
            "is_paired": .bool(summary.isPaired),
        ]
    }
}

extension AuditNote {
    /// A session without its token.
    init(_ session: PairingSummary) {
        self.init(resource: "session:\(session.name)", session: session.name)
    }
}

extension APIError {
    /// 404 and 410 as the document says; the rest as the contract does.
    init(_ error: PairingError) {
        switch error {
        case .unknownSession: self.init(404, "Session not found")
        case .expiredSession: self.init(410, "Session has expired")
        case .tooManySessions: self.init(503, "too many live sessions; end one or try again later")
        case .tooManySockets: self.init(429, "too many sockets are open in this session")
        case .deviceDescriptionTooLong:
            self.init(400, #""device_info" must have at most 512 characters"#)
        case .tooManyRequests(let wait): self.init(tooManyRequests: wait)
        }
    }
}
