import Synchronization

@testable import boresight

/// A server that answers by a list and remembers what it was asked.
final class ScriptedClient: APIClient, Sendable {
    private let replies: [String: (status: Int, body: String)]
    /// Replies that come one after the other, the last one for ever; nil is none.
    private let series: Mutex<[String: [(status: Int, body: String)?]]>
    private let requests = Mutex<[String]>([])

    /// Replies by request line, such as `GET /api/rotors`; what is not listed cannot be reached.
    init(
        _ replies: [String: (status: Int, body: String)],
        series: [String: [(status: Int, body: String)?]] = [:]
    ) {
        self.replies = replies
        self.series = Mutex(series)
    }

    /// Request lines, with the organisation behind `@` and the body behind a blank.
    var asked: [String] { requests.withLock { $0 } }

    func call(
        _ method: APIMethod, _ path: String, headers: [APIHeader], body: [UInt8]?
    ) throws(ServerUnreachable) -> APIReply {
        let line = method.rawValue + " " + path
        let text = body.map { " " + String(decoding: $0, as: UTF8.self) } ?? ""
        let organization = headers.first.map { " @" + $0.value } ?? ""
        requests.withLock { $0.append(line + organization + text) }
        guard let reply = next(line) ?? replies[line] else { throw .absent(reason: "refused") }
        return APIReply(status: reply.status, body: Array(reply.body.utf8))
    }

    private func next(_ line: String) -> (status: Int, body: String)? {
        series.withLock { series in
            guard let reply = series[line]?.first else { return nil }
            if let left = series[line]?.count, left > 1 { series[line]?.removeFirst() }
            return reply
        }
    }
}
