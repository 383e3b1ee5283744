import Engine
import Synchronization
import TestSupport
import Testing

@testable import Transport

/// Content that is made beside the transport, over real sockets.
@Suite struct ContentTests {
    /// Answers with what was wanted; what is called `gate` waits until the gate is opened.
    private final class Source: ContentSource {
        let isOpen = Mutex(false)
        let made = Mutex<[[String]]>([])

        func answer(to plan: ContentPlan) -> HTTPResponse {
            while plan.wanted == ["gate"], !isOpen.withLock({ $0 }) {
                SystemThread.sleep(.milliseconds(1))
            }
            made.withLock { $0.append(plan.wanted) }
            let text = plan.wanted.joined(separator: " ") + (plan.knownTags ?? "")
            return HTTPResponse(
                status: 200, headers: HTTPHeaders([("ETag", "\"1\"")]), body: Array(text.utf8))
        }

        func refusal(of plan: ContentPlan) -> HTTPResponse {
            HTTPResponse(status: 503, headers: HTTPHeaders([("Retry-After", "1")]))
        }
    }

    private let source = Source()

    /// What a path wants is in it: `/quick/gate` and `/slow/other`, all else is echoed.
    private func server(
        _ source: Source?, _ change: (inout TransportLimits) -> Void = { _ in }
    ) throws -> EchoServer {
        var limits = TransportLimits()
        change(&limits)
        return try EchoServer(limits: limits, content: source) { request in
            let words = request.path.split(separator: "/").map(String.init)
            guard words.count == 2, let pace = ContentPlan.Pace(rawValue: words[0]) else {
                return EchoServer.echo(request)
            }
            return .content(
                request: request.id,
                ContentPlan(
                    wanted: [words[1]], pace: pace, knownTags: request.headers["If-None-Match"],
                    headers: HTTPHeaders([("X-Request-Id", "7")])))
        }
    }

    private func ask(_ server: EchoServer, _ path: String) throws -> RawConnection {
        let client = try RawConnection(server.address.port)
        client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
        return client
    }

    @Test func `the answer is the source's, with the headers of the plan, HEAD without its body`()
        throws
    {
        let server = try server(source)
        let answer = try HTTPClient().call(
            "GET", server.url + "/quick/map", headers: HTTPHeaders([("If-None-Match", "!")]))
        #expect(answer.status == 200 && String(decoding: answer.body, as: UTF8.self) == "map!")
        #expect(answer.headers["etag"] == "\"1\"" && answer.headers["x-request-id"] == "7")
        let head = try HTTPClient().call("HEAD", server.url + "/quick/map")
        #expect(head.body.isEmpty && head.headers["content-length"] == "3")
    }

    @Test func `what is slow holds up neither what is quick nor other requests`() throws {
        let server = try server(source)
        let slow = try ask(server, "/slow/gate")
        #expect(try HTTPClient().call("GET", server.url + "/quick/map").status == 200)
        #expect(try HTTPClient().call("GET", server.url + "/other").status == 200)
        #expect(source.made.withLock { $0 } == [["map"]])
        source.isOpen.withLock { $0 = true }
        #expect(slow.receive(until: "gate").hasPrefix("HTTP/1.1 200"))
    }

    @Test(arguments: ["quick", "slow"])
    func `more than may wait is refused, and others are not`(pace: String) throws {
        let server = try server(source) { limits in
            limits.quickContents = 2
            limits.slowContents = 2
        }
        let first = try ask(server, "/\(pace)/gate")
        let second = try ask(server, "/\(pace)/gate")
        // Both have to be there before a third one is too many.
        while server.heard({ $0.requests.count }) < 2 { SystemThread.sleep(.milliseconds(1)) }
        let refused = try HTTPClient().call("GET", server.url + "/\(pace)/third")
        #expect(refused.status == 503 && refused.headers["retry-after"] == "1")
        #expect(refused.headers["x-request-id"] == "7")
        let other = pace == "quick" ? "slow" : "quick"
        #expect(try HTTPClient().call("GET", server.url + "/\(other)/map").status == 200)
        source.isOpen.withLock { $0 = true }
        for client in [first, second] {
            #expect(client.receive(until: "gate").hasPrefix("HTTP/1.1 200"))
        }
        #expect(try HTTPClient().call("GET", server.url + "/\(pace)/fourth").status == 200)
    }

    @Test func `without a source there is nothing to be had`() throws {
        let server = try server(nil)
        let answer = try HTTPClient().call("GET", server.url + "/quick/map")
        #expect(answer.status == 503 && answer.headers["x-request-id"] == "7")
    }

    @Test func `a server ends while content is being made`() throws {
        let server = try server(source)
        let waiting = try ask(server, "/slow/gate")
        while server.heard({ $0.requests.isEmpty }) { SystemThread.sleep(.milliseconds(1)) }
        server.shutDown()
        let answer = String(decoding: waiting.receiveAll(), as: UTF8.self)
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 503"))
        source.isOpen.withLock { $0 = true }
    }
}
