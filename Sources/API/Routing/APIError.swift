import Engine
import JSON
import Transport

/// An error on its way to a client: what it is, before a dialect words it.
struct APIError: Error, Sendable {
    let status: Int
    /// For machines, such as `not_found`.
    let code: String
    /// For people: what is wrong and, where it is known, what to do.
    let message: String
    var headers: [HTTPHeaders.Field] = []
    var extra: [(String, JSONValue)] = []
    /// Members of the body that are wrong, for the dialect that names them.
    var fields: [(name: String, message: String)] = []
    /// What the audit is to say of the refusal.
    var note: AuditNote?

    init(_ status: Int, _ message: String, code: String? = nil) {
        self.status = status
        self.message = message
        self.code = code ?? Status.code(status)
    }

    /// What is wrong with one member of a body (002): `{"field": ["…"]}`.
    init(field: String, _ message: String) {
        self.init(fields: [(field, message)])
    }

    /// What is wrong with several members, in their order.
    init(fields: [(name: String, message: String)]) {
        self.init(400, fields.map { "\($0.name): \($0.message)" }.joined(separator: "; "))
        self.fields = fields
    }

    /// Somebody calls more often than may be; says after how long another call is heard.
    init(tooManyRequests wait: Duration) {
        let seconds = wait.wholeSeconds
        self = APIError(429, "too many requests; try again in \(seconds) s")
            .with(header: "Retry-After", String(seconds))
    }

    func with(header name: String, _ value: String) -> APIError {
        var error = self
        error.headers.append(HTTPHeaders.Field(name: name, value: value))
        return error
    }

    func noted(_ note: AuditNote) -> APIError {
        var error = self
        error.note = note
        return error
    }
}

extension Duration {
    /// Seconds, rounded up, one at least: as `Retry-After` says them (RFC 9110 §10.2.3).
    var wholeSeconds: Int64 { max(1, (nanoseconds + 999_999_999) / 1_000_000_000) }
}

/// Words for HTTP status codes (RFC 9110 §15).
enum Status {
    static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 410: "Gone"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: "Error"
        }
    }

    static func code(_ status: Int) -> String {
        switch status {
        case 400: "invalid_request"
        case 401: "unauthorized"
        case 403: "forbidden"
        case 404: "not_found"
        case 405: "method_not_allowed"
        case 409: "conflict"
        case 410: "gone"
        case 413: "content_too_large"
        case 415: "unsupported_media_type"
        case 422: "unprocessable_content"
        case 426: "upgrade_required"
        case 429: "too_many_requests"
        case 503: "unavailable"
        default: "internal_error"
        }
    }
}
