package import Drivers
package import Engine
import JSON
package import Transport

/// An input as a recording gives it back.
package enum RecordedInput: Sendable {
    case transport(TransportInput)
    case link(LinkReport)
    case ssh(SSHReport)
    case process(ProcessReport)
    case web(WebReport)
    case clock(WallClockStep)
    case entropy([UInt8])
    case store(StoreHealthReport)
    case password(PasswordReport)
    case host(HostReport)
}

extension RecordedInput {
    package init(_ entry: RecordedEntry) throws(RecordingProblem) {
        let fields = InputFields(entry.content)
        switch entry.stream.prefix(while: { $0 != "/" }) {
        case "http", "ws": self = .transport(try TransportInput(fields))
        case "clock":
            self = .clock(
                WallClockStep(utcOffsetNanoseconds: try fields.integer("utc_offset_ns")))
        case "entropy":
            guard let bytes = Hex.bytes(try fields.text("entropy")) else {
                throw .missing("entropy", "hexadecimal digits")
            }
            self = .entropy(bytes)
        case "store":
            let problem = try fields.text("problem")
            self = .store(StoreHealthReport(problem: problem.isEmpty ? nil : problem))
        case "ssh": self = .ssh(try SSHReport(stream: entry.stream, fields))
        case "process":
            self = .process(try ProcessReport(stream: entry.stream, fields))
        case "web": self = .web(try WebReport(stream: entry.stream, fields))
        case "hosts": self = .host(try HostReport(stream: entry.stream, fields))
        case "passwords":
            self = .password(try PasswordReport(stream: entry.stream, fields))
        default: self = .link(try LinkReport(stream: entry.stream, fields))
        }
    }
}

extension LinkReport {
    fileprivate init(stream: String, _ fields: InputFields) throws(RecordingProblem) {
        let link = LinkID(
            driver: Int(clamping: try fields.integer("driver")),
            connection: Int(clamping: try fields.integer("connection")))
        let event: LinkEvent
        if fields.has("connected") {
            event = .connected
        } else if fields.has("closed") {
            guard let error = LinkError(recordedName: try fields.text("closed")) else {
                throw .missing("closed", "the reason")
            }
            event = .closed(error)
        } else {
            event = .received(try fields.bytes("received"))
        }
        self.init(stream: StreamName(stream), link: link, event: event)
    }
}

extension SSHReport {
    fileprivate init(stream: String, _ fields: InputFields) throws(RecordingProblem) {
        guard let run = StreamName(stream).number else { throw .missing("stream", "ssh/RUN") }
        self.init(run: run, event: try SSHEvent(fields))
    }
}

extension SSHEvent {
    fileprivate init(_ fields: InputFields) throws(RecordingProblem) {
        if fields.has("connected") {
            self = .connected
        } else if fields.has("ended") {
            self = .ended(exitCode: UInt32(clamping: try fields.integer("ended")))
        } else if fields.has("signalled") {
            self = .signalled(try fields.text("signalled"))
        } else if fields.has("failed") {
            let hostKey = fields.has("host_key") ? try fields.text("host_key") : nil
            guard
                let error = SSHError(recordedName: try fields.text("failed"), hostKey: hostKey)
            else { throw .missing("failed", "the reason") }
            self = .failed(error)
        } else if fields.has("errors") || fields.has("errors_base64") {
            self = .output(try fields.bytes("errors"), isError: true)
        } else {
            self = .output(try fields.bytes("output"), isError: false)
        }
    }
}

extension ProcessReport {
    fileprivate init(stream: String, _ fields: InputFields) throws(RecordingProblem) {
        guard let run = StreamName(stream).number else { throw .missing("stream", "process/RUN") }
        self.init(run: run, event: try ProcessEvent(fields))
    }
}

extension ProcessEvent {
    fileprivate init(_ fields: InputFields) throws(RecordingProblem) {
        if fields.has("started") {
            self = .started(
                port: fields.has("port")
                    ? UInt16(clamping: try fields.integer("port")) : nil)
        } else if fields.has("ended") {
            self = .ended(exitCode: UInt8(clamping: try fields.integer("ended")))
        } else if fields.has("signalled") {
            self = .signalled(try fields.text("signalled"))
        } else if fields.has("failed") {
            guard let error = ProcessError(name: try fields.text("failed")) else {
                throw .missing("failed", "the reason")
            }
            self = .failed(error)
        } else {
            self = .output(try fields.bytes("output"))
        }
    }
}

extension WebReport {
    fileprivate init(stream: String, _ fields: InputFields) throws(RecordingProblem) {
        guard let line = StreamName(stream).number else { throw .missing("stream", "web/LINE") }
        self.init(line: line, event: try WebEvent(fields))
    }
}

extension WebEvent {
    fileprivate init(_ fields: InputFields) throws(RecordingProblem) {
        if fields.has("answered") {
            self = .answered(try WebAnswer("answered", fields))
        } else if fields.has("opened") {
            self = .opened
        } else if fields.has("closed") {
            self = .closed(
                code: UInt16(clamping: try fields.integer("closed")),
                reason: try fields.text("reason"))
        } else if fields.has("failed") {
            let error = WebError(
                recordedName: try fields.text("failed"),
                reason: fields.has("reason") ? try fields.text("reason") : nil,
                answer: fields.has("status") ? try WebAnswer("status", fields) : nil)
            guard let error else { throw .missing("failed", "the reason") }
            self = .failed(error)
        } else {
            self = .received(try fields.bytes("received"))
        }
    }
}

extension WebAnswer {
    fileprivate init(_ status: String, _ fields: InputFields) throws(RecordingProblem) {
        self.init(
            status: Int(clamping: try fields.integer(status)), body: try fields.bytes("body"))
    }
}

extension TransportInput {
    fileprivate init(_ fields: InputFields) throws(RecordingProblem) {
        if fields.has("request") {
            self = .request(try HTTPRequest(fields))
        } else if fields.has("abandoned") {
            self = .abandoned(request: try fields.number("abandoned"))
        } else if fields.has("opened") {
            self = .opened(webSocket: try fields.number("opened"))
        } else if fields.has("closed") {
            self = .closed(
                webSocket: try fields.number("closed"),
                code: UInt16(clamping: try fields.integer("code")))
        } else if fields.has("bridge_failed") {
            self = .bridgeFailed(
                request: try fields.number("bridge_failed"), reason: try fields.text("reason"))
        } else if fields.has("bridged") {
            self = .bridged(
                webSocket: try fields.number("bridged"),
                fromClient: try fields.number("from_client"),
                toClient: try fields.number("to_client"))
        } else if fields.has("binary_base64") {
            self = .message(
                webSocket: try fields.number("socket"), .binary(try fields.bytes("binary")))
        } else {
            self = .message(
                webSocket: try fields.number("socket"), .text(try fields.bytes("text")))
        }
    }
}

extension HTTPRequest {
    fileprivate init(_ fields: InputFields) throws(RecordingProblem) {
        var defect: HTTPRequestDefect?
        if fields.has("invalid_handshake") { defect = .invalidWebSocketHandshake }
        if fields.has("body_too_large") {
            defect = .bodyTooLarge(
                limitBytes: Int(clamping: try fields.integer("body_too_large")))
        }
        self.init(
            id: try fields.number("request"),
            listener: fields.has("listener") ? Int(clamping: try fields.number("listener")) : 0,
            method: try fields.text("method"), path: try fields.text("path"),
            query: fields.has("query") ? try fields.text("query") : nil,
            headers: HTTPHeaders(try fields.headers()),
            body: fields.has("body") || fields.has("body_base64") ? try fields.bytes("body") : [],
            remoteAddress: try fields.text("from"), isSecure: fields.has("secure"),
            isWebSocketHandshake: fields.has("handshake"), defect: defect)
    }
}

extension PasswordReport {
    fileprivate init(stream: String, _ fields: InputFields) throws(RecordingProblem) {
        guard let job = StreamName(stream).number else {
            throw .missing("stream", "the number of a job")
        }
        let result: Result
        if fields.has("hashed") {
            result = .hashed(PasswordHash(stored: try fields.text("hashed")))
        } else if fields.has("verified") {
            result = .verified(try fields.flag("verified"))
        } else if let answer = try FactorAnswer(fields) {
            result = .factor(answer)
        } else {
            result = .failed
        }
        self.init(job: job, result: result)
    }
}

extension FactorAnswer {
    /// Nil for a report about something else.
    fileprivate init?(_ fields: InputFields) throws(RecordingProblem) {
        if fields.has("factor_secret") {
            let hashes = try fields.texts("recovery_hashes")
            self = .made(
                NewFactor(
                    secret: FactorSecret(base32: try fields.text("factor_secret")),
                    recoveryCodes: try fields.texts("recovery_codes"),
                    recoveryHashes: hashes.map(RecoveryHash.init(stored:))))
        } else if fields.has("code_step") {
            self = .step(try fields.integer("code_step"))
        } else if fields.has("code_wrong") {
            self = .step(nil)
        } else if fields.has("recovery_index") {
            self = .recovery(Int(clamping: try fields.integer("recovery_index")))
        } else if fields.has("recovery_wrong") {
            self = .recovery(nil)
        } else {
            return nil
        }
    }
}

extension HostReport {
    fileprivate init(stream: String, _ fields: InputFields) throws(RecordingProblem) {
        guard let number = StreamName(stream).number else {
            throw .missing("stream", "the number of a try")
        }
        self.init(number: number, token: fields.has("token") ? try fields.text("token") : nil)
    }
}

/// Typed access to the members of an input's line.
private struct InputFields {
    private let json: JSONObject

    init(_ json: JSONObject) {
        self.json = json
    }

    func has(_ key: String) -> Bool { json[key] != nil }

    func integer(_ key: String) throws(RecordingProblem) -> Int64 {
        guard let value = json[key]?.integerValue else { throw .missing(key, "a whole number") }
        return value
    }

    func number(_ key: String) throws(RecordingProblem) -> UInt64 {
        guard let value = UInt64(exactly: try integer(key)) else {
            throw .missing(key, "a number from 0")
        }
        return value
    }

    func text(_ key: String) throws(RecordingProblem) -> String {
        guard let value = json[key]?.stringValue else { throw .missing(key, "a text") }
        return value
    }

    func texts(_ key: String) throws(RecordingProblem) -> [String] {
        guard let values = json[key]?.arrayValue else { throw .missing(key, "a list of texts") }
        return values.compactMap(\.stringValue)
    }

    func flag(_ key: String) throws(RecordingProblem) -> Bool {
        guard let value = json[key]?.boolValue else { throw .missing(key, "true or false") }
        return value
    }

    func bytes(_ key: String) throws(RecordingProblem) -> [UInt8] {
        if let encoded = json[key + "_base64"]?.stringValue {
            guard let bytes = Base64.bytes(encoded) else {
                throw .missing(key + "_base64", "base64 (RFC 4648 §4)")
            }
            return bytes
        }
        return Array(try text(key).utf8)
    }

    func headers() throws(RecordingProblem) -> [(name: String, value: String)] {
        guard let pairs = json["headers"]?.arrayValue else {
            throw .missing("headers", "a list of pairs")
        }
        var headers: [(name: String, value: String)] = []
        for pair in pairs {
            guard let pair = pair.arrayValue, pair.count == 2, let name = pair[0].stringValue,
                let value = pair[1].stringValue
            else { throw .missing("headers", "a list of pairs") }
            headers.append((name, value))
        }
        return headers
    }
}
