package import Drivers
import Recording
import Transport

/// Calls real servers for the station.
package final class WebClientEdge: WebEdge {
    private let client: EventClient

    /// - Parameters:
    ///   - authorityFile: a PEM file of the authorities to trust instead of the system's.
    ///   - program: what calls itself so: name and version.
    ///   - onEvent: hears every event, and is false when the core has no room for it.
    package init(
        authorityFile: String?, program: String,
        onEvent: @escaping @Sendable (UInt64, WebEvent) -> Bool
    ) {
        client = EventClient(caFile: authorityFile, userAgent: program) { line, event in
            onEvent(line, WebEvent(event))
        }
    }

    package func perform(_ action: WebAction, on line: UInt64) {
        client.perform(ClientAction(action), on: line)
    }

    package func stop() {
        client.stop()
    }
}

extension WebSignature {
    /// The header of a request with this body.
    package func value(for body: [UInt8]) -> String {
        "sha256=" + Hex.text(Digest.keyed(body, key: Array(secret.utf8)))
    }
}

extension ClientAction {
    init(_ action: WebAction) {
        switch action {
        case .call(let request): self = .call(ClientRequest(request))
        case .open(let request, let subprotocol):
            self = .open(ClientRequest(request), subprotocol: subprotocol)
        case .send(let text): self = .send(.text(Array(text.utf8)))
        case .close(let code): self = .close(code: code)
        }
    }
}

extension ClientRequest {
    fileprivate init(_ request: WebRequest) {
        var headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        if let signature = request.signature {
            headers.add(signature.header, signature.value(for: request.body))
        }
        self.init(
            request.method, request.url, headers: headers, body: request.body,
            timeout: request.timeout)
    }
}

extension WebEvent {
    init(_ event: ClientEvent) {
        switch event {
        case .answered(let response):
            self = .answered(WebAnswer(status: response.status, body: response.body))
        case .opened: self = .opened
        case .received(.text(let bytes)), .received(.binary(let bytes)): self = .received(bytes)
        case .closed(let code, let reason): self = .closed(code: code, reason: reason)
        case .failed(let error): self = .failed(WebError(error))
        }
    }
}

extension WebError {
    init(_ error: ClientError) {
        switch error {
        case .invalidURL: self = .invalidURL
        case .cannotConnect(let reason): self = .unreachable(reason)
        case .timedOut: self = .timedOut
        case .notTrusted(let reason): self = .notTrusted(reason)
        case .broken(let reason): self = .broken(reason)
        case .refused(let status, let body):
            self = .refused(WebAnswer(status: status, body: body))
        case .answerTooLarge: self = .tooLarge
        case .invalidRequest: self = .broken(error.description)
        case .busy: self = .busy
        }
    }
}
