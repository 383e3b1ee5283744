import TestSupport
import Testing
import Transport

/// Calls over real connections, to our server and to one that is said by hand.
@Suite struct EventClientCallTests {
    @Test func `a call carries method, headers and body, and brings back status and body`()
        async throws
    {
        let server = try EchoServer()
        let bench = ClientBench()
        bench.call(
            1,
            ClientRequest(
                "PUT", server.url + "/a?b=1",
                headers: HTTPHeaders([("X-One", "1"), ("X-Empty", "")]), body: [65, 66],
                timeout: ClientBench.patience))
        #expect(await bench.answer(1) == "200 PUT /a b=1\nAB")
        let request = try #require(server.heard { $0.requests.first })
        #expect(request.headers["X-One"] == "1" && request.headers["X-Empty"] == "")
        #expect(request.headers["User-Agent"] == "Boresight/test")
        #expect(request.headers["Content-Type"] == nil && request.headers["Expect"] == nil)
        bench.call(2, ClientRequest("POST", server.url, timeout: ClientBench.patience))
        #expect(await bench.answer(2) == "200 POST / -\n")
        #expect(server.heard { $0.requests.last?.headers["Content-Length"] } == "0")
        bench.call(3, ClientRequest("HEAD", server.url, timeout: ClientBench.patience))
        #expect(await bench.answer(3) == "200 ")
    }

    @Test func `a redirect is an answer`() async throws {
        let server = try EchoServer { request in
            .respond(
                request: request.id,
                HTTPResponse(status: 302, headers: HTTPHeaders([("Location", "/elsewhere")])))
        }
        let bench = ClientBench()
        bench.get(1, server.url)
        #expect(await bench.answer(1) == "302 ")
        #expect(server.heard { $0.requests.count } == 1)
    }

    @Test func `a hundred calls at once each get their own answer`() async throws {
        let server = try EchoServer()
        let bench = ClientBench()
        for line in 1...100 as ClosedRange<UInt64> { bench.get(line, server.url + "/\(line)") }
        for line in 1...100 as ClosedRange<UInt64> {
            #expect(await bench.answer(line) == "200 GET /\(line) -\n")
        }
        #expect(bench.allEvents == 100)
    }

    // MARK: Failures

    @Test func `nobody at the port, and no such host, are told apart from silence`() async throws {
        let bench = ClientBench()
        bench.get(1, "http://127.0.0.1:\(try Loopback.freePort())/")
        // Too long for a name, so that no name server is asked.
        bench.get(2, "http://\(String(repeating: "a", count: 70)).invalid/")
        for line in [1, 2] as [UInt64] {
            guard case .failed(.cannotConnect(let reason))? = await bench.first(line) else {
                Issue.record("line \(line): \(bench.events(line))")
                continue
            }
            #expect(!reason.isEmpty)
        }
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
    func `an answer that does not come, or not whole, is late`(_ start: String) async throws {
        let server = try RawServer()
        let bench = ClientBench()
        bench.get(1, "http://127.0.0.1:\(server.port)/", timeout: .milliseconds(200))
        let connection = try server.accept()
        _ = connection.receive(until: "\r\n\r\n")
        connection.send(start)
        #expect(await bench.hears(1, [.failed(.timedOut)]))
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "SSH-2.0-x\r\n"])
    func `an answer that breaks off or is not HTTP is broken`(_ start: String) async throws {
        let server = try RawServer()
        let bench = ClientBench()
        bench.get(1, "http://127.0.0.1:\(server.port)/")
        do {
            let connection = try server.accept()
            _ = connection.receive(until: "\r\n\r\n")
            connection.send(start)
        }
        guard case .failed(.broken)? = await bench.first(1) else {
            Issue.record("\(bench.events(1))")
            return
        }
    }

    @Test func `an answer may be as large as the bound and no larger`() async throws {
        let server = try EchoServer { request in
            let size = request.path == "/whole" ? 1000 : 1001
            return .respond(
                request: request.id,
                HTTPResponse(status: 200, body: [UInt8](repeating: 65, count: size)))
        }
        let bench = ClientBench { $0.answerBytes = 1000 }
        bench.get(1, server.url + "/whole")
        bench.get(2, server.url + "/more")
        #expect(await bench.answer(1)?.utf8.count == 1004)
        #expect(await bench.hears(2, [.failed(.answerTooLarge)]))
        #expect(EventClientLimits().answerBytes == 1_048_576)
    }

    @Test(arguments: [
        "ftp://127.0.0.1/", "file:///etc/hostname", "gopher://127.0.0.1/", "ws://127.0.0.1/",
        "http://", "nonsense://x", "http://127.0.0.1:99999/",
    ])
    func `only addresses of HTTP are called`(_ url: String) async {
        let bench = ClientBench()
        bench.get(1, url)
        guard case .failed(.invalidURL)? = await bench.first(1) else {
            Issue.record("\(bench.events(1))")
            return
        }
    }

    @Test func `a head that would say more than it seems is not sent`() async throws {
        let server = try EchoServer()
        let bench = ClientBench()
        let requests = [
            ClientRequest("GET /x HTTP/1.1\r\nA:", server.url, timeout: ClientBench.patience),
            ClientRequest(
                "GET", server.url, headers: HTTPHeaders([("A", "b\r\nC: d")]),
                timeout: ClientBench.patience),
            ClientRequest(
                "GET", server.url, headers: HTTPHeaders([("A: b\r\nC", "d")]),
                timeout: ClientBench.patience),
        ]
        for (line, request) in zip(UInt64(1)..., requests) {
            bench.call(line, request)
            bench.client.perform(.open(request, subprotocol: nil), on: line + 100)
            for line in [line, line + 100] {
                guard case .failed(.invalidRequest)? = await bench.first(line) else {
                    Issue.record("\(bench.events(line))")
                    continue
                }
            }
        }
        #expect(server.heard { $0.requests.isEmpty })
    }

    @Test func `beyond the bound a call is refused, and after an end there is room again`()
        async throws
    {
        let server = try EchoServer { $0.path == "/never" ? nil : EchoServer.echo($0) }
        let bench = ClientBench { $0.lines = 2 }
        bench.get(1, server.url + "/never")
        bench.get(2, server.url + "/never")
        bench.get(3, server.url + "/never")
        #expect(await bench.hears(3, [.failed(.busy)]))
        bench.close(1)
        bench.get(4, server.url)
        #expect(await bench.answer(4) == "200 GET / -\n")
        #expect(bench.events(1).isEmpty && bench.events(2).isEmpty)
        #expect(EventClientLimits().lines >= 200 + 100)
    }

    // MARK: TLS

    @Test func `a server is trusted by its authority, under its own name, and not else`()
        async throws
    {
        let certificate = try await TestCertificate()
        let server = try EchoServer(tls: certificate.identity, answer: EchoServer.game)
        let trusting = ClientBench(caFile: certificate.authority)
        trusting.get(1, server.url + "/x")
        trusting.open(2, "wss" + server.url.dropFirst(5) + "/ws")
        #expect(await trusting.answer(1) == "200 GET /x -\n")
        #expect(await trusting.hears(2, [.opened]))
        let distrusting = ClientBench()
        let other = try await TestCertificate(for: "127.0.0.2")
        let elsewhere = try EchoServer(tls: other.identity, answer: EchoServer.game)
        let named = ClientBench(caFile: other.authority)
        for (bench, server) in [(distrusting, server), (named, elsewhere)] {
            bench.get(1, server.url + "/x")
            bench.open(2, "wss" + server.url.dropFirst(5) + "/ws")
            for line in [1, 2] as [UInt64] {
                guard case .failed(.notTrusted(let reason))? = await bench.first(line) else {
                    Issue.record("\(bench.events(line))")
                    continue
                }
                #expect(!reason.isEmpty)
            }
        }
        #expect(elsewhere.heard { $0.requests.isEmpty })
    }

    @Test func `an authority that cannot be read trusts nobody`() async throws {
        let certificate = try await TestCertificate()
        let server = try EchoServer(tls: certificate.identity)
        let bench = ClientBench(caFile: certificate.folder.path + "/none.pem")
        bench.get(1, server.url)
        guard case .failed(.notTrusted)? = await bench.first(1) else {
            Issue.record("\(bench.events(1))")
            return
        }
    }
}
