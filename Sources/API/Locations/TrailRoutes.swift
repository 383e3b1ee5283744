import Engine
import JSON
import Station

/// Our own: where a location was, and whom it follows.
struct TrailRoutes: Sendable {
    let station: FieldStation

    private static let path = "/v1/locations/{id}/"

    var routes: [Route] {
        [
            Route("GET", Self.path + "trail", trail, operations.trail),
            Route("GET", Self.path + "source", source, operations.source),
            Route("PUT", Self.path + "source", follow, operations.follow),
            Route("DELETE", Self.path + "source", unfollow, operations.unfollow),
        ]
    }

    private var operations: TrailOperations { TrailOperations() }
    private var access: Access { Access(station: station) }

    // MARK: Trail

    private func trail(_ request: APIRequest) throws(APIError) -> Reply {
        let location = try access.location(request, anyOf: .viewLocation, .changeLocation)
        let format = try format(request)
        let since = try time(request, "since")
        let until = try time(request, "until")
        let (name, sightings) = location.enter {
            ($0.location.description.name, $0.trail(since: since, until: until))
        }
        return .content(
            type: format.mediaType, bytes: format.bytes(of: sightings, name: name), headers: [])
    }

    private func format(_ request: APIRequest) throws(APIError) -> TrailFormat {
        guard let text = request.query("format") else { return .geojson }
        guard let format = TrailFormat(rawValue: text) else {
            let names = TrailFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIError(400, #""format" must be one of \#(names)"#)
        }
        return format
    }

    private func time(_ request: APIRequest, _ name: String) throws(APIError) -> UTCTime? {
        guard let text = request.query(name) else { return nil }
        guard let time = UTCTime(rfc3339: text) else {
            throw APIError(
                400, #""\#(name)" must be an RFC 3339 time such as 2026-05-01T12:00:00Z"#)
        }
        return time
    }

    // MARK: Source

    private func source(_ request: APIRequest) throws(APIError) -> Reply {
        Self.reply(try access.location(request, anyOf: .viewLocation, .changeLocation))
    }

    private func follow(_ request: APIRequest) throws(APIError) -> Reply {
        let location = try access.location(request, anyOf: .changeLocation)
        let fields = BodyFields(try request.object())
        let source: LocationSource
        switch try fields.text("type") {
        case "station": source = .station
        case "session":
            let hash = SecretHash(of: try fields.text("token"))
            _ = try station.sessions.enter(throwing: APIError.init) {
                (sessions) throws(PairingError) in try sessions.summary(of: hash)
            }
            source = .session(hash)
        default: throw APIError(400, #""type" must be station or session"#)
        }
        try set(source, location)
        return Self.reply(location)
    }

    private func unfollow(_ request: APIRequest) throws(APIError) -> Reply {
        try set(nil, try access.location(request, anyOf: .changeLocation))
        return .empty(204)
    }

    private func set(_ source: LocationSource?, _ location: MobileLocation) throws(APIError) {
        try location.enter(throwing: APIError.init) { (location) throws(LocationError) in
            try location.follow(source)
        }
    }

    /// The session's token is not told again: it opens the relay.
    private static func reply(_ location: MobileLocation) -> Reply {
        let type: JSONValue =
            switch location.enter({ $0.source }) {
            case nil: .null
            case .station?: .string("station")
            case .session?: .string("session")
            }
        return .object(["type": type])
    }
}
