import Glibc
import JSON
import Transport

/// Begins and ends a daemon's recording, and counts what it answers in between.
final class RecordingSwitch {
    private let url: String
    private let folder: String
    private let headers: HTTPHeaders
    private let client: HTTPClient

    init(_ url: String, data: String) throws {
        self.url = url
        folder = data + "/recordings"
        client = try HTTPClient()
        var token = [UInt8](repeating: 0, count: 64)
        let file = open(data + "/admin.token", O_RDONLY)
        defer { close(file) }
        let count = max(0, read(file, &token, token.count))
        let text = String(decoding: token[..<count], as: UTF8.self)
        headers = HTTPHeaders([
            ("Authorization", "Bearer " + text.filter { !$0.isWhitespace }),
            ("Content-Type", "application/json"),
        ])
    }

    func begin() throws {
        let answer = try client.call(
            "POST", url + "/v1/recordings", headers: headers, body: Array(#"{"name":"load"}"#.utf8))
        guard answer.status == 202 else {
            let reason = String(decoding: answer.body, as: UTF8.self)
            throw BenchFailure(description: "no recording: \(reason)")
        }
    }

    /// Ends it and deletes its file.
    func end() throws {
        _ = try client.call("POST", url + "/v1/recordings/load/stop", headers: headers)
        unlink(folder + "/load.jsonl")
    }

    /// Requests per second in the coming second, by the server's own numbers of them.
    func rate() throws -> Double {
        let (from, start) = (try number(), Stopwatch.nanoseconds())
        Stopwatch.rest(seconds: 1)
        let (until, end) = (try number(), Stopwatch.nanoseconds())
        return Double(until - from) / Double(end - start) * 1e9
    }

    private func number() throws -> Int {
        let answer = try client.call("GET", url + "/health")
        let last = answer.headers["X-Request-Id"]?.split(separator: "-").last
        guard let number = last.flatMap({ Int($0) }) else {
            throw BenchFailure(description: "a request has no number")
        }
        return number
    }
}
