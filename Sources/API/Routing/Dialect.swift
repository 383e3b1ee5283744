import JSON
import Transport

/// How an API words its errors. The base of a path decides, for the framework's own errors too.
enum Dialect: Sendable, CaseIterable {
    /// 000 pairing and rotors, 002 commands and locations, 004 workspaces: `{"detail": "…"}`.
    case detail
    /// 001 device leases: `{"error": {"code": "…", "message": "…"}}`.
    case codeAndMessage
    /// 003 game nights: `{"error": "…"}`.
    case error
    /// Our own endpoints: RFC 9457 problem details with a `code`.
    case problem

    /// The dialect of a path on a listener whose root is `base`.
    init(path: String, base: Base) {
        switch base {
        case .gameNight: self = .error
        case .workspaces: self = .detail
        case .root: self = Self.atRoot(path)
        }
    }

    private static func atRoot(_ path: String) -> Dialect {
        func isBelow(_ prefix: String) -> Bool {
            path == prefix || path.hasPrefix(prefix + "/")
        }
        if isBelow("/game-night") { return .error }
        if path.hasPrefix("/api/v1/sessions") || path.hasPrefix("/api/v1/devices") {
            return .codeAndMessage
        }
        if isBelow("/v1") { return .problem }
        return .detail
    }

    func body(of error: APIError) -> (contentType: String, body: JSONObject) {
        var body: JSONObject
        var contentType = "application/json"
        switch self {
        case .detail:
            body = JSONObject()
            for (name, message) in error.fields { body[name] = .array([.string(message)]) }
            if error.fields.isEmpty { body["detail"] = .string(error.message) }
        case .codeAndMessage:
            body = [
                "error": ["code": .string(error.code), "message": .string(error.message)]
            ]
        case .error:
            body = ["error": .string(error.message)]
        case .problem:
            contentType = "application/problem+json"
            body = [
                "type": .string("about:blank"), "title": .string(Status.phrase(error.status)),
                "status": .integer(Int64(error.status)), "detail": .string(error.message),
                "code": .string(error.code),
            ]
        }
        for (name, value) in error.extra { body[name] = value }
        return (contentType, body)
    }
}

/// The part of the API tree that a listener shows at its root.
package enum Base: String, Sendable, CaseIterable {
    case root = ""
    case gameNight = "game-night"
    case workspaces = "workspaces"
}
