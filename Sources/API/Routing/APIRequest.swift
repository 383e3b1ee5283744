import JSON
import Station
import Transport

/// A request as a route sees it.
struct APIRequest {
    let http: HTTPRequest
    /// What stood in the place of `{name}` in the route's path, decoded.
    let parameters: [String: String]

    subscript(parameter name: String) -> String { parameters[name] ?? "" }

    /// A query parameter, decoded; the first of that name.
    func query(_ name: String) -> String? { FormText(http.query ?? "")[name] }

    /// All query parameters of that name, decoded.
    func queries(_ name: String) -> [String] { FormText(http.query ?? "").values(name) }

    /// The body as a JSON object; an absent body is an empty object when `isOptional`.
    func object(isOptional: Bool = false) throws(APIError) -> JSONObject {
        if http.body.isEmpty, isOptional { return [:] }
        if let type = http.headers["Content-Type"], !type.isJSON {
            throw APIError(415, "the body must be application/json, not \(type)")
        }
        if let coding = http.headers["Content-Encoding"], coding.lowercased() != "identity" {
            throw APIError(415, "the body must not be encoded, but is \(coding)")
        }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONReader.read(http.body)
        } catch {
            throw APIError(400, "malformed JSON: \(error.description)")
        }
        guard case .object(let object) = value else {
            throw APIError(400, "the body must be a JSON object")
        }
        return object
    }

    /// The bearer token (RFC 6750 §2.1).
    var bearerToken: String? {
        guard let authorization = http.headers["Authorization"] else { return nil }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    /// The token that the request carries: as a bearer token, for a browser's WebSocket, which can
    /// set no header, as `?token=`, or as the cookie `sessionid`, which may be left from before.
    var presentedToken: String? {
        if http.headers["Authorization"] != nil { return bearerToken }
        if http.isWebSocketHandshake, let token = query("token") { return token }
        if let cookie = http.headers["Cookie"] {
            for pair in cookie.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].filter({ $0 != " " }) == "sessionid" else {
                    continue
                }
                return String(parts[1])
            }
        }
        return nil
    }
}

extension String {
    /// Whether a media type is JSON (RFC 6839 §3.1: the suffix `+json` too).
    var isJSON: Bool {
        let type = prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        return type == "application/json" || type.hasSuffix("+json")
    }
}
