import JSON
import Transport

/// How an API words its errors, the framework's own too.
enum Dialect: Sendable {
    /// 000 pairing and rotors, 002 commands and locations, 004 workspaces: `{"detail": "…"}`.
    case detail
    /// 001 device leases: `{"error": {"code": "…", "message": "…"}}`.
    case codeAndMessage
    /// 003 game nights: `{"error": "…"}`.
    case error
    /// Our own endpoints: RFC 9457 problem details with a `code`.
    case problem

    /// The media type of an error.
    var contentType: String {
        self == .problem ? "application/problem+json" : "application/json"
    }

    func body(of error: APIError) -> JSONObject {
        var body: JSONObject
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
            body = [
                "type": .string("about:blank"), "title": .string(Status.phrase(error.status)),
                "status": .integer(Int64(error.status)), "detail": .string(error.message),
                "code": .string(error.code),
            ]
        }
        for (name, value) in error.extra { body[name] = value }
        return body
    }
}

/// The part of the API tree that a listener shows at its root.
package enum Base: String, Sendable, CaseIterable {
    case root = ""
    case gameNight = "game-night"
    case workspaces = "workspaces"
}
