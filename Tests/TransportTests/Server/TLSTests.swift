import TestSupport
import Testing
import Transport

/// TLS with a certificate that the test makes.
@Suite struct TLSTests {
    @Test func `requests and sockets work over TLS, and only with trust`() async throws {
        let certificate = try await TestCertificate()
        let server = try EchoServer(tls: certificate.identity)
        let client = try HTTPClient(caFile: certificate.authority)
        let answer = try client.call("POST", server.url + "/x", body: [65, 66])
        #expect(String(decoding: answer.body, as: UTF8.self) == "POST /x -\nAB")
        #expect(server.heard { $0.requests.allSatisfy(\.isSecure) })
        #expect(throws: ClientError.self) { try HTTPClient().call("GET", server.url + "/x") }
        let socket = try WebSocketClient(server.url + "/ws", caFile: certificate.authority)
        #expect(await eventually { server.heard { $0.opened.count } == 1 })
        let id = try #require(server.heard { $0.opened.first })
        let large = [UInt8](repeating: 9, count: 60_000)
        for _ in 0..<20 {
            try socket.send(.binary(large))
            server.perform([.send(.binary(large), to: [id])])
            #expect(try socket.receive(timeout: .seconds(10)) == .message(.binary(large)))
        }
        #expect(await eventually { server.heard { $0.messages.count } == 20 })
        server.perform([.close(webSocket: id, code: 1000, reason: "done")])
        #expect(try socket.receive(timeout: .seconds(10)) == .closed(code: 1000, reason: "done"))
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `both current versions are spoken`(_ version: String) async throws {
        let certificate = try await TestCertificate()
        let server = try EchoServer(tls: certificate.identity)
        let client = try ChildProcess(
            "openssl", ["s_client", "-connect", "127.0.0.1:\(server.address.port)", version])
        _ = try await client.waitForLine(containing: "Cipher is")
        #expect(!client.standardOutput.contains("Cipher is (NONE)"))
    }

    @Test func `a bad certificate and a taken port are errors that name the place`() throws {
        let bad = TLSIdentity(certificateChain: "no certificate", privateKey: "no key")
        let refused = try TransportServer(
            listeners: [ListenerConfiguration(host: "127.0.0.1", port: 0, tls: bad)]
        ) { _ in }
        #expect(throws: TransportError.self) { try refused.start() }
        let first = try EchoServer()
        let second = try TransportServer(
            listeners: [ListenerConfiguration(host: "127.0.0.1", port: first.address.port)]
        ) { _ in }
        #expect {
            try second.start()
        } throws: { error in
            guard case .cannotListen(_, let port, _)? = error as? TransportError else {
                return false
            }
            return port == first.address.port
        }
    }
}
