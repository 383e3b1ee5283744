import Drivers
import Synchronization
import TestSupport
import Testing
import Transport

@testable import API

/// The station's door to web servers, with a real client behind it.
@Suite struct WebClientEdgeTests {
    /// Agrees to every subprotocol, echoes, and keeps what it was asked.
    private final class Server: Sendable {
        let url: String
        private let ear: Ear
        private let server: TransportServer

        init() throws {
            let ear = Ear()
            self.ear = ear
            server = try TransportServer(
                listeners: [ListenerConfiguration(host: "127.0.0.1", port: 0)]
            ) { inputs in for input in inputs { ear.hear(input) } }
            url = try server.start()[0].url
            ear.server.withLock { [server] in $0 = server }
        }

        deinit {
            ear.server.withLock { $0 = nil }
            server.shutDown(grace: .zero)
        }

        var requests: [HTTPRequest] { ear.requests.withLock { $0 } }

        private final class Ear: Sendable {
            let requests = Mutex<[HTTPRequest]>([])
            let server = Mutex<TransportServer?>(nil)

            func hear(_ input: TransportInput) {
                guard let answer = answer(to: input) else { return }
                server.withLock { $0 }?.perform([answer])
            }

            private func answer(to input: TransportInput) -> TransportOutput? {
                switch input {
                case .request(let request):
                    requests.withLock { $0.append(request) }
                    guard request.isWebSocketHandshake else {
                        return .respond(
                            request: request.id, HTTPResponse(status: 201, body: request.body))
                    }
                    let name = request.headers["Sec-WebSocket-Protocol"] ?? ""
                    return .upgrade(
                        request: request.id,
                        headers: HTTPHeaders([("Sec-WebSocket-Protocol", name)]))
                case .message(let socket, .text(let text)):
                    return .send(.binary(text), to: [socket])
                case .message, .abandoned, .opened, .closed, .bridgeFailed, .bridged:
                    return nil
                }
            }
        }
    }

    /// An edge and what it said.
    private final class Bench: Sendable {
        let edge: WebClientEdge
        private let heard: Heard

        private final class Heard: Sendable {
            let events = Mutex<[UInt64: [WebEvent]]>([:])
        }

        init() {
            let heard = Heard()
            self.heard = heard
            edge = WebClientEdge(authorityFile: nil, program: "Boresight/1.2.3") { line, event in
                heard.events.withLock { $0[line, default: []].append(event) }
                return true
            }
        }

        func hears(_ line: UInt64, _ expected: [WebEvent]) async -> Bool {
            await eventually { heard.events.withLock { $0[line] ?? [] } == expected }
        }
    }

    @Test func `a call is signed on its way out`() async throws {
        let server = try Server()
        let bench = Bench()
        var request = WebRequest(
            "POST", server.url + "/hook", headers: [WebRequest.Header("X-Event", "joined")],
            body: Array("what do ya want for nothing?".utf8), timeout: .seconds(600))
        request.signature = WebSignature(header: "X-Signature", secret: "Jefe")
        bench.edge.perform(.call(request), on: 1)
        #expect(await bench.hears(1, [.answered(WebAnswer(status: 201, body: request.body))]))
        let sent = try #require(server.requests.first)
        // RFC 4231 §4.3.
        #expect(
            sent.headers["X-Signature"]
                == "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(sent.headers["X-Event"] == "joined")
        #expect(sent.headers["User-Agent"] == "Boresight/1.2.3")
    }

    /// By Python's hmac module.
    @Test(arguments: [
        (0, "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
        (100, "x", "8c1858bff6cf9cb73708b4b54f43bca6e1b8b4c3380760dc009001b265b64c6f"),
    ])
    func `a secret of any length signs`(_ length: Int, _ body: String, _ digest: String) {
        let secret = String(repeating: "k", count: length)
        let signature = WebSignature(header: "S", secret: secret)
        #expect(signature.value(for: Array(body.utf8)) == "sha256=" + digest)
    }

    @Test func `a secret shows in no description`() {
        var request = WebRequest("POST", "http://h/", timeout: .seconds(1))
        request.signature = WebSignature(header: "S", secret: "hush")
        let order = WebOrder(line: 1, action: .call(request))
        for text in ["\(order)", String(reflecting: order), "\(ClientAction(order.action))"] {
            #expect(!text.contains("hush"))
        }
    }

    @Test func `a socket opens, carries texts both ways and closes`() async throws {
        let server = try Server()
        let bench = Bench()
        let url = "ws" + server.url.dropFirst(4) + "/room"
        bench.edge.perform(
            .open(
                WebRequest(
                    "GET", url, headers: [WebRequest.Header("Origin", "https://h")],
                    timeout: .seconds(600)), subprotocol: "ecast-v0"), on: 1)
        bench.edge.perform(.send("grüß"), on: 1)
        let message = WebEvent.received(Array("grüß".utf8))
        #expect(await bench.hears(1, [.opened, message]))
        #expect(server.requests.first?.headers["Sec-WebSocket-Protocol"] == "ecast-v0")
        #expect(server.requests.first?.headers["Origin"] == "https://h")
        bench.edge.perform(.close(1000), on: 1)
        #expect(await bench.hears(1, [.opened, message, .closed(code: 1000, reason: "")]))
        bench.edge.stop()
    }

    @Test(arguments: [
        (ClientError.invalidURL("x"), WebError.invalidURL), (.timedOut, .timedOut),
        (.cannotConnect(reason: "a"), .unreachable("a")),
        (.notTrusted(reason: "b"), .notTrusted("b")), (.broken(reason: "c"), .broken("c")),
        (.refused(status: 403, body: [65]), .refused(WebAnswer(status: 403, body: [65]))),
        (.answerTooLarge, .tooLarge), (.busy, .busy),
        (.invalidRequest(reason: "d"), .broken("the request cannot be sent: d")),
    ])
    func `an error keeps its reason`(_ error: ClientError, _ expected: WebError) {
        #expect(WebError(error) == expected)
    }

    @Test func `an edge that has stopped is silent`() async throws {
        let bench = Bench()
        bench.edge.perform(
            .call(WebRequest("GET", "http://127.0.0.1:1/", timeout: .seconds(600))), on: 1)
        bench.edge.stop()
        bench.edge.perform(
            .call(WebRequest("GET", "http://127.0.0.1:1/", timeout: .seconds(600))), on: 2)
        #expect(await bench.hears(2, []))
    }
}
