/// The opening handshake of a WebSocket from the client's side (RFC 6455 §4.1): what to say, and
/// whether the answer is the one that is wanted. Knows no connection.
struct ClientHandshake {
    /// What goes to the server.
    let request: [UInt8]
    private let key: String
    private let subprotocol: String?
    private let headBytes: Int
    private var bytes: [UInt8] = []
    /// The head of an answer other than 101, whose body is still coming.
    private var refusal: (status: Int, headers: HTTPHeaders)?

    /// A refusal says why in less; the rest of a longer one is left out.
    static let refusalBytes = 64 * 1024

    /// - Parameters:
    ///   - subprotocol: what the server must agree to; with nil it must not choose any.
    ///   - headBytes: what the head of the answer may have.
    init(
        _ address: WebSocketAddress, _ headers: HTTPHeaders, subprotocol: String? = nil,
        headBytes: Int
    ) {
        key = Base64.encode((0..<16).map { _ in UInt8.random(in: 0...255) })
        self.subprotocol = subprotocol
        self.headBytes = headBytes
        var head = "GET \(address.target) HTTP/1.1\r\nHost: \(address.authority)\r\n"
        head += "Upgrade: websocket\r\nConnection: Upgrade\r\n"
        head += "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: \(key)\r\n"
        if let subprotocol { head += "Sec-WebSocket-Protocol: \(subprotocol)\r\n" }
        for field in headers.fields { head += "\(field.name): \(field.value)\r\n" }
        request = Array((head + "\r\n").utf8)
    }

    /// Takes bytes of the answer; those behind a complete handshake, which are frames, or nil while
    /// more is to come.
    mutating func receive(_ more: some Sequence<UInt8>) throws(ClientError) -> [UInt8]? {
        bytes += more
        while refusal == nil {
            guard let end = Self.headEnd(bytes), end <= headBytes else {
                guard bytes.count < headBytes else { throw .answerTooLarge }
                return nil
            }
            let (status, headers) = try Self.parse(bytes[..<end])
            bytes.removeFirst(end)
            switch status {
            case 101:
                try check(headers)
                return bytes
            // What comes before the answer (RFC 9110 §15.2).
            case 100..<200: continue
            default: refusal = (status, headers)
            }
        }
        if let (body, isWhole) = refusalBody, isWhole {
            throw .refused(status: refusedStatus, body: body)
        }
        return nil
    }

    /// What it is when no more comes: a refusal that was cut off is one as well.
    func failure(_ reason: ClientError) -> ClientError {
        guard let (body, _) = refusalBody else { return reason }
        return .refused(status: refusedStatus, body: body)
    }

    // MARK: The answer

    private func check(_ headers: HTTPHeaders) throws(ClientError) {
        guard headers.contains(token: "websocket", in: "Upgrade"),
            headers.contains(token: "upgrade", in: "Connection")
        else { throw .broken(reason: "the handshake's answer names no WebSocket") }
        guard headers["Sec-WebSocket-Accept"] == WebSocketHandshake.accept(key: key) else {
            throw .broken(reason: "the handshake's proof is wrong")
        }
        guard headers["Sec-WebSocket-Protocol"] == subprotocol else {
            throw .broken(reason: "the server does not agree to the subprotocol")
        }
        guard headers["Sec-WebSocket-Extensions"] == nil else {
            throw .broken(reason: "the server uses an extension that nobody offered")
        }
    }

    private var refusedStatus: Int { refusal?.status ?? 0 }

    /// What the refusal's body holds so far, and whether that is all; nil without a refusal.
    private var refusalBody: (body: [UInt8], isWhole: Bool)? {
        guard let (status, headers) = refusal else { return nil }
        if status == 204 || status == 304 { return ([], true) }
        if headers.contains(token: "chunked", in: "Transfer-Encoding") {
            let (body, isWhole) = Self.joinChunks(bytes)
            return (
                Array(body.prefix(Self.refusalBytes)), isWhole || bytes.count >= Self.refusalBytes
            )
        }
        let length = headers["Content-Length"].flatMap { Int($0) } ?? Int.max
        let wanted = min(max(0, length), Self.refusalBytes)
        return (Array(bytes.prefix(wanted)), bytes.count >= wanted)
    }

    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        bytes.firstRange(of: [13, 10, 13, 10])?.upperBound
    }

    private static func parse(
        _ head: ArraySlice<UInt8>
    ) throws(ClientError) -> (status: Int, headers: HTTPHeaders) {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw .broken(reason: "the answer is not HTTP")
        }
        var headers = HTTPHeaders()
        for line in lines.dropFirst() { headers.add(line: line) }
        return (status, headers)
    }

    /// The chunks that have come whole (RFC 9112 §7.1), and whether the last of them has.
    private static func joinChunks(_ bytes: [UInt8]) -> (body: [UInt8], isWhole: Bool) {
        var body: [UInt8] = []
        var rest = bytes[...]
        while let line = rest.firstRange(of: [13, 10]) {
            let digits = rest[..<line.lowerBound].prefix { $0 != UInt8(ascii: ";") }
            guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size > 0
            else { return (body, true) }
            rest = rest[line.upperBound...]
            guard size <= rest.count else { break }
            body += rest.prefix(size)
            rest = rest.dropFirst(size).dropFirst(2)
        }
        return (body, false)
    }
}
