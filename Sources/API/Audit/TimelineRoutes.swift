import Engine
import JSON
import Station

/// Our own endpoint that tells who did what, newest first: to superusers everything, to everybody
/// else what they did themselves.
struct TimelineRoutes: Sendable {
    let station: FieldStation

    static let defaultLimit = 100
    static let limits = 1...500

    var routes: [Route] { [Route("GET", "/v1/timeline", list, TimelineOperations().list)] }

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let caller = try Access(station: station).caller(request)
        var wanted = AuditFilter()
        wanted.user = request.query("user").map(id(ofUser:))
        wanted.device = request.query("device")
        wanted.session = request.query("session")
        wanted.action = request.query("action")
        wanted.api = try api(request)
        wanted.since = try time(request, "since")
        wanted.until = try time(request, "until")
        wanted.isSuccess = try flag(request, "success")
        let before = try number(request, "before", in: 1...Int.max)
        let limit = try number(request, "limit", in: Self.limits) ?? Self.defaultLimit
        // A token that is good for one organisation shows nothing of the others.
        wanted.organization = caller.boundOrganization
        if !caller.user.isSuperuser || caller.boundOrganization != nil {
            guard wanted.user == nil || wanted.user == caller.user.id else {
                throw APIError(403, "only a superuser may see what others did")
            }
            wanted.user = caller.user.id
        }
        let asked = wanted
        let (entries, next) = station.audit.enter {
            $0.page(of: asked, before: before.map(Int64.init), limit: limit)
        }
        var page: JSONObject = ["entries": .array(entries.map { .object(Self.json($0)) })]
        if let next { page["next"] = .integer(next) }
        return .object(page)
    }

    // MARK: Parameters

    /// The id of a user who may be named by e-mail address; whom nobody knows did nothing.
    private func id(ofUser name: String) -> String {
        station.identity.enter { try? $0.user(named: name) }?.id ?? name
    }

    private func api(_ request: APIRequest) throws(APIError) -> String? {
        guard let name = request.query("api") else { return nil }
        guard let api = PublishedAPI(rawValue: name) else {
            let names = PublishedAPI.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIError(400, #""api" must be one of \#(names)"#)
        }
        return api.rawValue
    }

    private func time(_ request: APIRequest, _ name: String) throws(APIError) -> UTCTime? {
        guard let text = request.query(name) else { return nil }
        guard let time = UTCTime(rfc3339: text) else {
            throw APIError(
                400, #""\#(name)" must be an RFC 3339 time such as 2026-05-01T12:00:00Z"#)
        }
        return time
    }

    private func flag(_ request: APIRequest, _ name: String) throws(APIError) -> Bool? {
        switch request.query(name) {
        case nil: return nil
        case "true": return true
        case "false": return false
        default: throw APIError(400, #""\#(name)" must be true or false"#)
        }
    }

    private func number(
        _ request: APIRequest, _ name: String, in range: ClosedRange<Int>
    ) throws(APIError) -> Int? {
        guard let text = request.query(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let bounds =
                range.upperBound == .max ? "1 or more" : "1 to \(range.upperBound)"
            throw APIError(400, #""\#(name)" must be a whole number, \#(bounds)"#)
        }
        return number
    }

    // MARK: JSON

    private static func json(_ entry: AuditEntry) -> JSONObject {
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        let event = entry.event
        return [
            "number": .integer(entry.number), "time": .string(entry.time.text(.microseconds)),
            "user": text(event.user), "user_email": .string(event.userEmail),
            "api": .string(event.api), "action": .string(event.action),
            "resource": .string(event.resource), "details": .string(event.details),
            "ip_address": .string(event.address), "success": .bool(event.isSuccess),
            "end_reason": text(event.endReason), "device": text(event.device),
            "session": text(event.session), "organization": text(event.organization),
        ]
    }
}
