import Drivers
import Engine
import JSON
import Recording
import Testing
import Transport

/// Every input that a recorder writes is read back as it was.
@Suite struct RecordedInputTests {
    private func readBack(_ payload: some StreamPayload) throws -> RecordedInput {
        let line = LineEncoder(redaction: nil).input(
            1, event: 1, at: Instant(nanoseconds: 5), payload)
        let turn = #"{"turn":1,"at":5,"events":1,"trace":"00000000000000aa"}"#
        let text = RecordingSample.headerLine + "\n" + String(decoding: line, as: UTF8.self)
        let (_, turns) = try RecordingSample.turns(Array((text + "\n" + turn + "\n").utf8))
        return try RecordedInput(try #require(turns.first?.entries.first))
    }

    static let inputs: [TransportInput] = [
        .request(
            HTTPRequest(
                id: 17, listener: 1, method: "POST", path: "/a%20b", query: "x=1&y",
                headers: HTTPHeaders([("Host", "h"), ("X", "a\u{e9}\"\\")]),
                body: Array(#"{"a":"ü"}"#.utf8), remoteAddress: "192.0.2.1", isSecure: true)),
        .request(
            HTTPRequest(
                id: 18, method: "PUT", path: "/", body: [0xFF, 0x00, 0x80],
                defect: .bodyTooLarge(limitBytes: 10))),
        .request(
            HTTPRequest(
                id: 19, method: "GET", path: "/", isWebSocketHandshake: true)),
        .request(HTTPRequest(id: 20, method: "GET", path: "/", defect: .invalidWebSocketHandshake)),
        .abandoned(request: 17), .opened(webSocket: 4),
        .message(webSocket: 4, .text(Array("grüß".utf8))), .message(webSocket: 4, .text([])),
        .message(webSocket: 4, .binary([0, 255, 10])), .closed(webSocket: 4, code: 1006),
        .bridgeFailed(request: 21, reason: "Connection refused"),
        .bridged(webSocket: 4, fromClient: 12, toClient: 4_000_000_000),
    ]

    @Test(arguments: inputs.indices)
    func `a transport input comes back`(index: Int) throws {
        let input = Self.inputs[index]
        guard case .transport(let read) = try readBack(input) else {
            Issue.record("not a transport input")
            return
        }
        #expect(canonical(read) == canonical(input))
    }

    @Test func `a bridge is written without the folder of its capture`() {
        let capture = BridgeCapture(
            path: "/var/lib/station/captures/7.jsonl", byteLimit: 900, started: "2026-05-04")
        let plan = BridgePlan(host: "127.0.0.1", port: 5901, capture: capture)
        let line = LineEncoder(redaction: nil).output(
            1, event: 1, at: Instant(nanoseconds: 5), TransportOutput.bridge(request: 3, to: plan))
        #expect(
            String(decoding: line, as: UTF8.self).hasSuffix(
                #""bridge":3,"host":"127.0.0.1","port":5901,"capture":"7.jsonl","capture_bytes_max":900,"capture_started":"2026-05-04"}"#
            ))
    }

    @Test func `of content only what is wanted is written`() {
        let plan = ContentPlan(
            wanted: ["tile", "world", "3", "1", "2"], pace: .quick, knownTags: "\"a\"",
            headers: HTTPHeaders([("X-Request-Id", "7")]))
        let line = LineEncoder(redaction: nil).output(
            1, event: 1, at: Instant(nanoseconds: 5), TransportOutput.content(request: 3, plan))
        #expect(
            String(decoding: line, as: UTF8.self).hasSuffix(
                #""content":3,"wanted":["tile","world","3","1","2"],"pace":"quick","known_tags":"\"a\"","headers":[["X-Request-Id","7"]]}"#
            ))
    }

    @Test(arguments: [
        LinkEvent.connected, .received(Array("RPRT 0\n".utf8)), .received([0xFE, 0x01]),
        .closed(.refused), .closed(.unresolvable), .closed(.timedOut), .closed(.reset),
        .closed(.ended), .closed(.cancelled), .closed(.notReading), .closed(.other(113)),
    ])
    func `a device's news comes back`(event: LinkEvent) throws {
        let report = LinkReport(
            stream: "rotctld/1", link: LinkID(driver: 2, connection: 3), event: event)
        guard case .link(let read) = try readBack(report) else {
            Issue.record("not a link report")
            return
        }
        #expect(read == report)
    }

    @Test(arguments: [
        SSHEvent.connected, .output(Array("a\n".utf8), isError: false),
        .output([0xFE], isError: true), .ended(exitCode: .max), .signalled("TERM"),
        .failed(.refused), .failed(.hostKeyMismatch(found: "SHA256:a")),
        .failed(.hostKeyUnknown(fingerprint: "SHA256:b")), .failed(.outputTooLong),
        .failed(.keyTooSlow), .failed(.other(113)),
    ])
    func `a run's news comes back`(event: SSHEvent) throws {
        let report = SSHReport(run: 3, event: event)
        guard case .ssh(let read) = try readBack(report) else {
            Issue.record("not a report of a run")
            return
        }
        #expect(read == report)
    }

    @Test(arguments: [
        ProcessEvent.started(port: nil), .started(port: 5901), .output([0xFE]),
        .output(Array("a\n".utf8)), .ended(exitCode: .max), .signalled("TERM"),
        .failed(.notFound), .failed(.startTimedOut), .failed(.noLog(28)), .failed(.other(12)),
    ])
    func `a program's news comes back`(event: ProcessEvent) throws {
        let report = ProcessReport(run: 3, event: event)
        guard case .process(let read) = try readBack(report) else {
            Issue.record("not a report of a program")
            return
        }
        #expect(read == report)
    }

    @Test func `of a program's environment only the names are written`() {
        let call = ProgramCall(
            name: "s-1", executable: "/bin/true", arguments: ["-p"],
            environment: ["TOKEN": "hush"], output: .captured, readiness: .pickedPort)
        let line = String(
            decoding: LineEncoder(redaction: nil).output(
                1, event: 1, at: Instant(nanoseconds: 5),
                ProcessRequest(run: 1, action: .start(call))), as: UTF8.self)
        #expect(line.contains("TOKEN") && !line.contains("hush"))
    }

    @Test(arguments: [
        SSHAuthentication.password("hush"), .privateKey("hush", passphrase: "hush"),
    ])
    func `a password, key or input is never written`(authentication: SSHAuthentication) {
        let command = SSHCommand(
            host: "h", user: "u", authentication: authentication, hostKeyFingerprint: nil,
            text: "true", input: Array("hush".utf8), connectTimeout: .seconds(1),
            totalTimeout: .seconds(1))
        let line = LineEncoder(redaction: nil).output(
            1, event: 1, at: Instant(nanoseconds: 5), SSHRequest(run: 1, action: .run(command)))
        #expect(!String(decoding: line, as: UTF8.self).contains("hush"))
    }

    @Test(arguments: [
        WebEvent.answered(WebAnswer(status: 204)),
        .answered(WebAnswer(status: 500, body: [0xFE, 0])), .opened,
        .received(Array("grüß".utf8)), .received([0xFF]), .received([]),
        .closed(code: 1006, reason: ""), .closed(code: 4999, reason: "full \"room\""),
        .failed(.unreachable("a")), .failed(.timedOut), .failed(.notTrusted("b")),
        .failed(.broken("c")), .failed(.tooLarge), .failed(.invalidURL), .failed(.busy),
        .failed(.refused(WebAnswer(status: 403, body: Array("no".utf8)))),
    ])
    func `what a server said comes back`(event: WebEvent) throws {
        let report = WebReport(line: 7, event: event)
        guard case .web(let read) = try readBack(report) else {
            Issue.record("not a report of a server")
            return
        }
        #expect(read == report)
    }

    private static let request: WebRequest = {
        var request = WebRequest(
            "POST", "https://h/hook?a=1", headers: [WebRequest.Header("X-One", "1")],
            body: Array(#"{"a":1}"#.utf8), timeout: .seconds(2))
        request.signature = WebSignature(header: "X-Signature", secret: "hush")
        return request
    }()

    @Test(arguments: [
        (
            WebAction.call(request),
            #""call":"POST","url":"https://h/hook?a=1","headers":[["X-One","1"]],"#
                + #""signature":"X-Signature","timeout_ns":2000000000,"body":"{\"a\":1}""#
        ),
        (
            .open(request, subprotocol: "game"),
            #""open":"game","url":"https://h/hook?a=1","headers":[["X-One","1"]],"#
                + #""signature":"X-Signature","timeout_ns":2000000000"#
        ),
        (.send("grüß"), #""send":"grüß""#), (.close(4000), #""close":4000"#),
    ])
    func `what is asked of a server is written, without the secret`(
        action: WebAction, expected: String
    ) {
        let line = LineEncoder(redaction: nil).output(
            1, event: 1, at: Instant(nanoseconds: 5), WebOrder(line: 7, action: action))
        let text = String(decoding: line, as: UTF8.self)
        #expect(text.contains(#""stream":"web/7""#) && text.contains(expected), "\(text)")
        #expect(!text.contains("hush"))
    }

    @Test(arguments: [
        PasswordReport.Result.hashed(PasswordHash(stored: "$argon2id$x")), .verified(true),
        .verified(false), .failed, .factor(.step(37_037_036)), .factor(.step(nil)),
        .factor(.recovery(9)), .factor(.recovery(nil)),
        .factor(
            .made(
                NewFactor(
                    secret: FactorSecret(base32: "MZXW6"), recoveryCodes: ["a", "b"],
                    recoveryHashes: [RecoveryHash(stored: "c"), RecoveryHash(stored: "d")]))),
    ])
    func `what became of a password comes back`(result: PasswordReport.Result) throws {
        let report = PasswordReport(job: 12, result: result)
        guard case .password(let read) = try readBack(report) else {
            Issue.record("not a report about a password")
            return
        }
        #expect(read.job == 12)
        #expect(read.result == result)
    }

    @Test func `clock, store and entropy come back`() throws {
        if case .clock(let step) = try readBack(WallClockStep(utcOffsetNanoseconds: -5)) {
            #expect(step.utcOffsetNanoseconds == -5)
        } else {
            Issue.record("not a step of the clock")
        }
        for problem in [nil, "the disk is full"] {
            guard case .store(let report) = try readBack(StoreHealthReport(problem: problem)) else {
                Issue.record("not the store's health")
                continue
            }
            #expect(report.problem == problem)
        }
    }

    /// The bytes by which the trace tells two inputs apart.
    private func canonical(_ input: TransportInput) -> UInt64 {
        var hash = TraceHash()
        hash.append(input.stream.description)
        input.feed(into: &hash)
        return hash.value
    }
}
