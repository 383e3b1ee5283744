package import Engine

// What crosses the transport's border, as the core numbers and hashes it.

extension TransportInput: StreamPayload {
    package var stream: StreamName {
        switch self {
        case .request(let request): StreamName("http", request.id)
        case .abandoned(let request), .bridgeFailed(let request, _): StreamName("http", request)
        case .opened(let socket), .message(let socket, _), .closed(let socket, _),
            .bridged(let socket, _, _):
            StreamName("ws", socket)
        }
    }

    package func feed(into sink: inout some ByteSink) {
        switch self {
        case .request(let request): feed(request, into: &sink)
        case .opened(let socket):
            sink.append(1)
            sink.append(socket)
        case .message(let socket, .text(let bytes)):
            sink.append(2)
            sink.append(socket)
            sink.append(bytes)
        case .message(let socket, .binary(let bytes)):
            sink.append(3)
            sink.append(socket)
            sink.append(bytes)
        case .closed(let socket, let code):
            sink.append(4)
            sink.append(socket)
            sink.append(UInt64(code))
        case .abandoned(let request):
            sink.append(5)
            sink.append(request)
        case .bridgeFailed(let request, let reason):
            sink.append(7)
            sink.append(request)
            sink.append(reason)
        case .bridged(let socket, let fromClient, let toClient):
            sink.append(8)
            sink.append(socket)
            sink.append(fromClient)
            sink.append(toClient)
        }
    }

    private func feed(_ request: HTTPRequest, into sink: inout some ByteSink) {
        sink.append(6)
        sink.append(request.id)
        sink.append(UInt64(request.listener))
        sink.append(request.method)
        sink.append(request.path)
        sink.append(request.query ?? "")
        sink.append(request.remoteAddress)
        for field in request.headers.fields {
            sink.append(field.name)
            sink.append(field.value)
        }
        sink.append(request.body)
    }
}

extension TransportOutput: StreamPayload {
    package var stream: StreamName {
        switch self {
        case .respond(let request, _), .upgrade(let request, _), .bridge(let request, _),
            .content(let request, _):
            StreamName("http", request)
        case .send(_, let sockets) where sockets.count == 1: StreamName("ws", sockets[0])
        case .send(_, let sockets):
            StreamName("ws/" + sockets.map(String.init).joined(separator: ","), nil)
        case .close(let socket, _, _): StreamName("ws", socket)
        }
    }

    package func feed(into sink: inout some ByteSink) {
        switch self {
        case .respond(let request, let response):
            sink.append(1)
            sink.append(request)
            sink.append(UInt64(response.status))
            for field in response.headers.fields {
                sink.append(field.name)
                sink.append(field.value)
            }
            sink.append(response.body)
        case .upgrade(let request, _):
            sink.append(2)
            sink.append(request)
        case .send(let frame, let sockets):
            sink.append(3)
            sink.append(frame.payload)
            for socket in sockets { sink.append(socket) }
        case .close(let socket, let code, let reason):
            sink.append(4)
            sink.append(socket)
            sink.append(UInt64(code))
            sink.append(reason)
        case .bridge(let request, let plan):
            sink.append(5)
            sink.append(request)
            sink.append(plan.host)
            sink.append(UInt64(plan.port))
            guard let capture = plan.capture else { return }
            sink.append(capture.fileName)
            sink.append(UInt64(clamping: capture.byteLimit))
            sink.append(capture.started)
        case .content(let request, let plan):
            sink.append(6)
            sink.append(request)
            sink.append(UInt64(plan.wanted.count))
            for word in plan.wanted { sink.append(word) }
            sink.append(plan.pace.rawValue)
            sink.append(plan.knownTags ?? "")
            for field in plan.headers.fields {
                sink.append(field.name)
                sink.append(field.value)
            }
        }
    }
}
