import TestSupport
import Testing
import Transport

/// An API at a port of its own, where the paths of its document stand.
struct OwnPort {
    let root: String

    func call(
        _ method: String, _ path: String, json: String? = nil, token: String? = nil,
        headers: [(String, String)] = [], timeout: Duration = .seconds(20)
    ) throws -> HTTPResponse {
        var all = HTTPHeaders(headers.map { (name: $0.0, value: $0.1) })
        if let token { all.add("Authorization", "Bearer \(token)") }
        if json != nil, all["Content-Type"] == nil { all.add("Content-Type", "application/json") }
        return try HTTPClient().call(
            method, root + path, headers: all, body: json.map { Array($0.utf8) }, timeout: timeout)
    }

    func socket(
        _ path: String, headers: [(String, String)] = []
    ) throws -> WebSocketClient {
        try WebSocketClient(
            root.replacing("http", with: "ws", maxReplacements: 1) + path,
            headers: HTTPHeaders(headers.map { (name: $0.0, value: $0.1) }))
    }

    func socket(_ path: String, token: String) throws -> WebSocketClient {
        try socket(path, headers: [("Authorization", "Bearer \(token)")])
    }
}
