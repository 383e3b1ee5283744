package import Engine

/// What the core asks of the edge for one call or WebSocket.
package enum WebAction: Sendable, Equatable {
    /// A call that ends with its answer.
    case call(WebRequest)
    /// A WebSocket (RFC 6455); the server must agree to the subprotocol.
    case open(WebRequest, subprotocol: String)
    /// A text message on an open WebSocket.
    case send(String)
    /// Ends a WebSocket with a code, or breaks off a call; what has ended is left alone.
    case close(UInt16)
}

/// What happened to a call or a WebSocket.
///
/// After a `call`: exactly one of `answered` and `failed`. After an `open`: either `failed`, or
/// `opened`, any number of `received`, and one `closed`. Nothing follows a final event, and nothing
/// follows a `close` but that.
package enum WebEvent: Sendable, Equatable {
    case answered(WebAnswer)
    case opened
    /// A text message, or a binary one, as its bytes.
    case received([UInt8])
    /// The code is 1006 when the connection was lost without one (RFC 6455 §7.1.5).
    case closed(code: UInt16, reason: String)
    case failed(WebError)

    package var isFinal: Bool {
        switch self {
        case .opened, .received: false
        case .answered, .closed, .failed: true
        }
    }
}

/// One action on its way out of the core.
package struct WebOrder: StreamPayload, Equatable {
    package let line: UInt64
    package let action: WebAction

    package init(line: UInt64, action: WebAction) {
        self.line = line
        self.action = action
    }

    package var stream: StreamName { StreamName("web", line) }

    /// Of a signature its header, of the secret nothing: a recording has no more.
    package func feed(into sink: inout some ByteSink) {
        switch action {
        case .call(let request):
            sink.append(0 as UInt64)
            request.feed(into: &sink)
        case .open(let request, let subprotocol):
            sink.append(1 as UInt64)
            request.feed(into: &sink)
            sink.append(subprotocol)
        case .send(let text):
            sink.append(2 as UInt64)
            sink.append(text)
        case .close(let code):
            sink.append(3 as UInt64)
            sink.append(UInt64(code))
        }
    }
}

extension WebRequest {
    fileprivate func feed(into sink: inout some ByteSink) {
        sink.append(method)
        sink.append(url)
        sink.append(UInt64(headers.count))
        for header in headers {
            sink.append(header.name)
            sink.append(header.value)
        }
        sink.append(body)
        sink.append(signature?.header ?? "")
        sink.append(UInt64(bitPattern: timeout.nanoseconds))
    }
}

/// One event on its way into the core.
package struct WebReport: StreamPayload, Equatable {
    package let line: UInt64
    package let event: WebEvent

    package init(line: UInt64, event: WebEvent) {
        self.line = line
        self.event = event
    }

    package var stream: StreamName { StreamName("web", line) }

    package func feed(into sink: inout some ByteSink) {
        switch event {
        case .answered(let answer):
            sink.append(0 as UInt64)
            answer.feed(into: &sink)
        case .opened:
            sink.append(1 as UInt64)
        case .received(let bytes):
            sink.append(2 as UInt64)
            sink.append(bytes)
        case .closed(let code, let reason):
            sink.append(3 as UInt64)
            sink.append(UInt64(code))
            sink.append(reason)
        case .failed(let error):
            sink.append(4 as UInt64)
            error.feed(into: &sink)
        }
    }
}

extension WebAnswer {
    fileprivate func feed(into sink: inout some ByteSink) {
        sink.append(UInt64(bitPattern: Int64(status)))
        sink.append(body)
    }
}

extension WebError {
    /// A number of its own for each error, stable across versions.
    fileprivate func feed(into sink: inout some ByteSink) {
        switch self {
        case .unreachable(let reason):
            sink.append(1 as UInt64)
            sink.append(reason)
        case .timedOut: sink.append(2 as UInt64)
        case .notTrusted(let reason):
            sink.append(3 as UInt64)
            sink.append(reason)
        case .broken(let reason):
            sink.append(4 as UInt64)
            sink.append(reason)
        case .refused(let answer):
            sink.append(5 as UInt64)
            answer.feed(into: &sink)
        case .tooLarge: sink.append(6 as UInt64)
        case .invalidURL: sink.append(7 as UInt64)
        case .busy: sink.append(8 as UInt64)
        }
    }
}
