import TestSupport
import Testing
import Transport

/// Plain HTTP over real sockets, answered from another thread.
@Suite struct RequestTests {
    @Test func `requests are answered on one connection, HEAD without its body`() throws {
        let server = try EchoServer()
        let client = try HTTPClient()
        for index in 0..<50 {
            let answer = try client.call(
                "POST", server.url + "/a%20b/\(index)?q=%41", body: Array("body \(index)".utf8))
            #expect(answer.status == 200)
            #expect(
                String(decoding: answer.body, as: UTF8.self)
                    == "POST /a%20b/\(index) q=%41\nbody \(index)")
        }
        let head = try client.call("HEAD", server.url + "/x")
        #expect(head.body.isEmpty)
        #expect(head.headers["content-length"] == "10")
        let addresses = Set(server.heard { $0.requests.map(\.remoteAddress) })
        #expect(addresses == ["127.0.0.1"])
    }

    @Test func `a request may come byte by byte, in chunks, or with others behind it`() throws {
        let server = try EchoServer()
        let slow = try RawConnection(server.address.port)
        for byte in "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n".utf8 { slow.send([byte]) }
        #expect(slow.receive(until: "GET /slow -").hasPrefix("HTTP/1.1 200"))
        let chunked = try RawConnection(server.address.port)
        chunked.send(
            "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n")
        #expect(chunked.receive(until: "abcdefg").contains("POST /c"))
        let pipelined = try RawConnection(server.address.port)
        pipelined.send((0..<5).map { "GET /p\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
        let answers = pipelined.receive(until: "GET /p4")
        let places = (0..<5).map { answers.firstRange(of: "GET /p\($0)")?.lowerBound }
        #expect(places.allSatisfy { $0 != nil })
        let sorted = places.compactMap { $0 }
        #expect(sorted == sorted.sorted())
    }

    @Test(arguments: [
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -4\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nhello",
        "GET / HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n", "\0\u{1}\u{2}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "x", count: 70_000) + "\r\n\r\n",
    ])
    func `a malformed request is refused and never desynchronises the connection`(
        _ request: String
    ) throws {
        let server = try EchoServer()
        let raw = try RawConnection(server.address.port)
        raw.send(request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
        let answer = String(decoding: raw.receiveAll(), as: UTF8.self)
        #expect(!answer.contains("smuggled"), "\(answer)")
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer)")
        #expect(try HTTPClient().call("GET", server.url + "/next").status == 200)
    }

    @Test func `length and chunks together are not read as two requests`() throws {
        let server = try EchoServer()
        let raw = try RawConnection(server.address.port)
        raw.send(
            "POST /outer HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
        )
        _ = raw.receiveAll()
        let paths = server.heard { $0.requests.map(\.path) }
        #expect(!paths.contains("/smuggled"))
    }

    @Test func `a body over the limit is handed over as a defect and answered`() throws {
        let server = try EchoServer()
        let client = try HTTPClient()
        let fits = [UInt8](repeating: 65, count: 1024 * 1024)
        #expect(try client.call("POST", server.url + "/", body: fits).body.count > fits.count)
        let large = try client.call("POST", server.url + "/", body: fits + [65])
        #expect(large.status == 413)
        let request = server.heard { $0.requests.last }
        #expect(request?.defect == .bodyTooLarge(limitBytes: 1024 * 1024))
        #expect(request?.body == [])
    }

    @Test func `who trickles headers is dropped at the deadline, however busy`() throws {
        var limits = TransportLimits()
        limits.headerDeadline = .milliseconds(300)
        let server = try EchoServer(limits: limits)
        let raw = try RawConnection(server.address.port)
        raw.send("GET / HTTP/1.1\r\nHost: a\r\n")
        var sent = 0
        // Stops by itself when the server hangs up; the bound only decides how long a failure is.
        while sent < 1000, raw.isOpen {
            raw.send("X")
            sent += 1
        }
        #expect(sent < 1000)
    }

    @Test func `beyond the requests that may wait the answer is 503`() async throws {
        var limits = TransportLimits()
        limits.waitingRequests = 2
        let server = try EchoServer(limits: limits) { _ in nil }
        let waiting = try (0..<2).map { _ in
            let raw = try RawConnection(server.address.port)
            raw.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            return raw
        }
        #expect(await eventually { server.heard { $0.requests.count } == 2 })
        #expect(try HTTPClient().call("GET", server.url + "/third").status == 503)
        let ids = server.heard { $0.requests.map(\.id) }
        server.perform(ids.map { .respond(request: $0, HTTPResponse(status: 204)) })
        for raw in waiting { #expect(raw.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 204")) }
        server.perform([.respond(request: 999_999, HTTPResponse(status: 200))])
    }

    @Test func `a client that leaves while its request waits harms nobody`() async throws {
        let server = try EchoServer { _ in nil }
        do {
            let raw = try RawConnection(server.address.port)
            raw.send("GET /gone HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await eventually { server.heard { $0.requests.count } == 1 })
        }
        let id = try #require(server.heard { $0.requests.first?.id })
        server.perform([.respond(request: id, HTTPResponse(status: 200, body: [1, 2, 3]))])
        let second = try RawConnection(server.address.port)
        second.send("GET /alive HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await eventually { server.heard { $0.requests.count } == 2 })
    }
}
