import Drivers
import Engine
import Transport

extension WebOrder: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        switch action {
        case .call(let request):
            writer.plain("call", request.method)
            request.write(into: &writer)
            if !request.body.isEmpty { writer.requestBody(request.body) }
        case .open(let request, let subprotocol):
            writer.plain("open", subprotocol)
            request.write(into: &writer)
        case .send(let text): writer.member("send", text)
        case .close(let code): writer.member("close", Int(code))
        }
    }
}

extension WebRequest {
    fileprivate func write(into writer: inout PayloadWriter) {
        // With its query as it is: what a room's welcome told goes back to the room, and a replay
        // reads both.
        writer.member("url", url)
        writer.headers(HTTPHeaders(headers.map { ($0.name, $0.value) }))
        // The header's name and no more: the secret has no place in a recording.
        if let signature { writer.plain("signature", signature.header) }
        writer.member("timeout_ns", timeout.nanoseconds)
    }
}

extension WebReport: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        switch event {
        case .answered(let answer):
            writer.member("answered", answer.status)
            writer.member("body", answer.body)
        case .opened: writer.member("opened", true)
        case .received(let bytes): writer.member("received", bytes)
        case .closed(let code, let reason):
            writer.member("closed", Int(code))
            writer.member("reason", reason)
        case .failed(let error): error.write(into: &writer)
        }
    }
}

extension WebError {
    fileprivate func write(into writer: inout PayloadWriter) {
        switch self {
        case .unreachable(let reason):
            writer.plain("failed", "unreachable")
            writer.member("reason", reason)
        case .notTrusted(let reason):
            writer.plain("failed", "not trusted")
            writer.member("reason", reason)
        case .broken(let reason):
            writer.plain("failed", "broken")
            writer.member("reason", reason)
        case .refused(let answer):
            writer.plain("failed", "refused")
            writer.member("status", answer.status)
            writer.member("body", answer.body)
        case .timedOut: writer.plain("failed", "timed out")
        case .tooLarge: writer.plain("failed", "too large")
        case .invalidURL: writer.plain("failed", "invalid URL")
        case .busy: writer.plain("failed", "busy")
        }
    }

    /// - Parameters:
    ///   - reason: for the errors that tell one.
    ///   - answer: of the server that refused.
    init?(recordedName name: String, reason: String?, answer: WebAnswer?) {
        switch (name, reason, answer) {
        case ("unreachable", let reason?, _): self = .unreachable(reason)
        case ("not trusted", let reason?, _): self = .notTrusted(reason)
        case ("broken", let reason?, _): self = .broken(reason)
        case ("refused", _, let answer?): self = .refused(answer)
        case ("timed out", _, _): self = .timedOut
        case ("too large", _, _): self = .tooLarge
        case ("invalid URL", _, _): self = .invalidURL
        case ("busy", _, _): self = .busy
        default: return nil
        }
    }
}
