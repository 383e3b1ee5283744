import CMicroHTTPD
import Glibc

// Plain HTTP: from libmicrohttpd's callbacks to inputs, and from outputs to its responses.
extension TransportLoop {
    // MARK: Callbacks

    func connected(_ connection: OpaquePointer) {
        deadlines[connection] = now + limits.headerDeadline
    }

    func disconnected(_ connection: OpaquePointer) {
        deadlines[connection] = nil
    }

    func begin(
        target: String, on connection: OpaquePointer, of listener: Listener
    ) -> PendingRequest {
        PendingRequest(
            id: nextNumber(), listener: listener, connection: connection, target: target)
    }

    /// The library calls this for the headers, for each piece of the body, at the body's end, and
    /// when a suspended connection is resumed. Answering in the first call would close the
    /// connection.
    func advance(
        _ request: PendingRequest, method: String, _ bytes: UnsafeRawBufferPointer
    ) -> MHD_Result {
        switch request.stage {
        case .receiving where request.headers == nil:
            let headers = Self.headers(of: request.connection)
            request.headers = headers
            deadlines[request.connection] = now + limits.bodyDeadline
            guard !Self.hasAmbiguousLength(headers) else {
                // An answer in the first call also closes the connection, and what follows on it
                // is not read: nobody may smuggle a request behind a body of two lengths.
                request.stage = .done
                return queue(HTTPResponse(status: 400), to: request)
            }
            return .YES
        case .receiving where !bytes.isEmpty:
            return keep(bytes, of: request)
        case .receiving:
            return handOver(request, method: method)
        case .waiting:
            return .YES
        case .answered(let response):
            request.stage = .done
            return queue(response, to: request)
        case .upgrading(let headers):
            request.stage = .done
            return queueUpgrade(request, headers)
        case .done:
            return .YES
        }
    }

    /// Several lengths, or a length and chunks (RFC 9112 §6.3).
    private static func hasAmbiguousLength(_ headers: HTTPHeaders) -> Bool {
        let lengths = headers.fields.count { $0.name.equalsIgnoringCase("Content-Length") }
        let codings = headers.fields.count { $0.name.equalsIgnoringCase("Transfer-Encoding") }
        return lengths > 1 || codings > 1 || lengths + codings > 1
    }

    func completed(_ request: PendingRequest) {
        // Until the next request's headers are whole; absolute, so that trickling does not help.
        if deadlines[request.connection] != nil || request.headers != nil {
            deadlines[request.connection] = now + limits.idleTimeout + limits.headerDeadline
        }
        let hadBridge = forgetUnjoined(request.id)
        guard waiting.removeValue(forKey: request.id) != nil || hadBridge else { return }
        inputs.append(.abandoned(request: request.id))
    }

    private func keep(_ bytes: UnsafeRawBufferPointer, of request: PendingRequest) -> MHD_Result {
        request.receivedBytes += bytes.count
        let limit = bodyLimit(request.path)
        guard request.receivedBytes <= limit else {
            request.body = []
            return request.receivedBytes <= limit + limits.discardedBodyBytes ? .YES : .NO
        }
        request.body.append(contentsOf: bytes)
        return .YES
    }

    private func handOver(_ request: PendingRequest, method: String) -> MHD_Result {
        deadlines[request.connection] = nil
        guard waiting.count < limits.waitingRequests else {
            request.stage = .done
            return queue(
                HTTPResponse(status: 503, headers: HTTPHeaders([("Retry-After", "1")])), to: request
            )
        }
        let headers = request.headers ?? HTTPHeaders()
        let verdict = WebSocketHandshake.verdict(method: method, headers)
        request.key = headers["Sec-WebSocket-Key"]
        let limit = bodyLimit(request.path)
        let defect: HTTPRequestDefect? =
            request.receivedBytes > limit
            ? .bodyTooLarge(limitBytes: limit)
            : verdict == .invalid ? .invalidWebSocketHandshake : nil
        request.stage = .waiting
        waiting[request.id] = request
        var body: [UInt8] = []
        swap(&body, &request.body)
        MHD_suspend_connection(request.connection)
        inputs.append(
            .request(
                HTTPRequest(
                    id: request.id, listener: request.listener.index, method: method,
                    path: request.path, query: request.query, headers: headers,
                    body: defect == nil ? body : [],
                    remoteAddress: Self.address(of: request.connection),
                    isSecure: request.listener.isSecure,
                    isWebSocketHandshake: verdict == .complete, defect: defect)))
        return .YES
    }

    // MARK: Outputs

    func perform(_ output: TransportOutput) {
        switch output {
        case .respond(let id, let response):
            resume(id, .answered(response))
        case .upgrade(let id, let headers):
            resume(id, .upgrading(headers))
        case .bridge(let id, let plan):
            bridge(id, to: plan)
        case .content(let id, let plan):
            make(id, plan)
        case .send(let frame, let ids):
            for id in ids { if let socket = sockets[id] { send(frame, to: socket) } }
        case .close(let id, let code, let reason):
            if let socket = sockets[id] { close(socket, code: code, reason: reason) }
        }
    }

    func resume(_ id: UInt64, _ stage: PendingRequest.Stage) {
        guard let request = waiting.removeValue(forKey: id) else { return }
        request.stage = stage
        request.listener.needsRun = true
        MHD_resume_connection(request.connection)
    }

    private func queue(_ response: HTTPResponse, to request: PendingRequest) -> MHD_Result {
        let made = response.body.withUnsafeBytes { cmhd_response($0.baseAddress, $0.count) }
        guard let made else { return .NO }
        defer { MHD_destroy_response(made) }
        for field in response.headers.fields {
            MHD_add_response_header(made, field.name, field.value)
        }
        return MHD_queue_response(request.connection, UInt32(clamping: response.status), made)
    }

    private func queueUpgrade(_ request: PendingRequest, _ headers: HTTPHeaders) -> MHD_Result {
        guard let key = request.key,
            // The request lives until `mhdCompleted`, which comes after the upgrade.
            let made = MHD_create_response_for_upgrade(
                mhdUpgraded, Unmanaged.passUnretained(request).toOpaque())
        else { return .NO }
        defer { MHD_destroy_response(made) }
        MHD_add_response_header(made, "Upgrade", "websocket")
        MHD_add_response_header(made, "Sec-WebSocket-Accept", WebSocketHandshake.accept(key: key))
        for field in headers.fields { MHD_add_response_header(made, field.name, field.value) }
        return MHD_queue_response(request.connection, 101, made)
    }

    private static func headers(of connection: OpaquePointer) -> HTTPHeaders {
        var headers = HTTPHeaders()
        withUnsafeMutablePointer(to: &headers) { pointer in
            _ = MHD_get_connection_values(connection, .HEADER_KIND, mhdCollects, pointer)
        }
        return headers
    }

    private static func address(of connection: OpaquePointer) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
            guard cmhd_client_address(connection, text.baseAddress, text.count),
                let start = text.baseAddress
            else { return "" }
            return String(cString: start)
        }
    }
}

private func mhdCollects(
    _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
    _ value: UnsafePointer<CChar>?
) -> MHD_Result {
    guard let context, let name else { return .NO }
    context.assumingMemoryBound(to: HTTPHeaders.self).pointee
        .add(String(cString: name), value.map { String(cString: $0) } ?? "")
    return .YES
}

/// The handshake's answer has been sent; the socket is ours.
///
/// `state` is the request's, which lives until `mhdCompleted`; that comes after this call.
private func mhdUpgraded(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ state: UnsafeMutableRawPointer?, _ extra: UnsafePointer<CChar>?, _ extraSize: Int,
    _ socket: Int32, _ handle: OpaquePointer?
) {
    guard let context, let handle else { return }
    let request = Unmanaged<PendingRequest>.fromOpaque(context).takeUnretainedValue()
    request.listener.loop.upgraded(
        request, socket: socket, handle: handle,
        early: UnsafeRawBufferPointer(start: extra, count: extraSize))
}
