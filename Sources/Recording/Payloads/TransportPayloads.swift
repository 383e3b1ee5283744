import Engine
import JSON
import Transport

extension TransportInput: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        switch self {
        case .request(let request): request.write(into: &writer)
        case .abandoned(let request): writer.member("abandoned", request)
        case .opened(let socket): writer.member("opened", socket)
        case .message(let socket, .text(let bytes)):
            writer.member("socket", socket)
            writer.member("text", bytes)
        case .message(let socket, .binary(let bytes)):
            writer.member("socket", socket)
            writer.plain("binary_base64", Base64.text(bytes))
        case .closed(let socket, let code):
            writer.member("closed", socket)
            writer.member("code", Int(code))
        case .bridgeFailed(let request, let reason):
            writer.member("bridge_failed", request)
            writer.plain("reason", reason)
        case .bridged(let socket, let fromClient, let toClient):
            writer.member("bridged", socket)
            writer.member("from_client", fromClient)
            writer.member("to_client", toClient)
        }
    }
}

extension HTTPRequest {
    fileprivate func write(into writer: inout PayloadWriter) {
        writer.member("request", id)
        if listener != 0 { writer.member("listener", listener) }
        writer.plain("method", method)
        writer.member("path", path)
        if let query { writer.query(query, to: path) }
        writer.headers(headers)
        if !body.isEmpty { writer.requestBody(body, to: path) }
        writer.plain("from", remoteAddress)
        if isSecure { writer.member("secure", true) }
        if isWebSocketHandshake { writer.member("handshake", true) }
        switch defect {
        case nil: break
        case .bodyTooLarge(let limit): writer.member("body_too_large", limit)
        case .invalidWebSocketHandshake: writer.member("invalid_handshake", true)
        }
    }
}

extension TransportOutput: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        switch self {
        case .respond(let request, let response):
            writer.member("respond", request)
            writer.member("status", response.status)
            writer.headers(response.headers)
            if !response.body.isEmpty { response.writeBody(into: &writer) }
        case .upgrade(let request, let headers):
            writer.member("upgrade", request)
            writer.headers(headers)
        case .bridge(let request, let plan):
            writer.member("bridge", request)
            plan.write(into: &writer)
        case .content(let request, let plan):
            writer.member("content", request)
            writer.texts("wanted", plan.wanted)
            writer.plain("pace", plan.pace.rawValue)
            if let tags = plan.knownTags { writer.member("known_tags", tags) }
            writer.headers(plan.headers)
        case .send(let frame, let sockets):
            writer.json.key(plain: "to")
            writer.json.beginArray()
            for socket in sockets { writer.json.value(Int64(clamping: socket)) }
            writer.json.endArray()
            writer.member("frame", frame.payload)
        case .close(let socket, let code, let reason):
            writer.member("close", socket)
            writer.member("code", Int(code))
            writer.plain("reason", reason)
        }
    }
}

extension BridgePlan {
    fileprivate func write(into writer: inout PayloadWriter) {
        writer.plain("host", host)
        writer.member("port", Int(port))
        guard let capture else { return }
        // The folder is another one where the recording is replayed.
        writer.plain("capture", capture.fileName)
        writer.member("capture_bytes_max", capture.byteLimit)
        writer.plain("capture_started", capture.started)
    }
}

extension HTTPResponse {
    /// JSON as it is; of pages and pictures only what tells two of them apart.
    fileprivate func writeBody(into writer: inout PayloadWriter) {
        let type = headers["Content-Type"] ?? ""
        if type.hasPrefix("application/json") {
            writer.responseBody(body)
        } else if type.hasPrefix("image/svg") {
            // A QR code is a secret that no pseudonym can be put into.
            writer.plain("body_omitted", "a picture that may show a secret")
        } else {
            writer.member("body_bytes", body.count)
            writer.plain("body_sha256", Hex.text(Digest.sha256(body)))
        }
    }
}
