/// The opening handshake's fields (RFC 6455 §4).
enum WebSocketHandshake {
    /// What a request with these headers is.
    enum Verdict {
        case plain
        case complete
        case invalid
    }

    static func verdict(method: String, _ headers: HTTPHeaders) -> Verdict {
        guard headers.contains(token: "websocket", in: "Upgrade") else { return .plain }
        guard method == "GET", headers.contains(token: "upgrade", in: "Connection"),
            headers["Sec-WebSocket-Version"] == "13", let key = headers["Sec-WebSocket-Key"],
            isKey(key)
        else { return .invalid }
        return .complete
    }

    /// What proves to the client that its handshake was understood (§4.2.2).
    static func accept(key: String) -> String {
        Base64.encode(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    }

    /// 16 bytes in base64.
    private static func isKey(_ key: String) -> Bool {
        key.utf8.count == 24 && key.hasSuffix("==")
            && key.utf8.dropLast(2).allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }
}

/// Base64 with padding (RFC 4648 §4).
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String {
        String(decoding: digits(bytes), as: UTF8.self)
    }

    static func digits(_ bytes: [UInt8]) -> [UInt8] {
        let count = (bytes.count + 2) / 3 * 4
        return [UInt8](unsafeUninitializedCapacity: count) { text, length in
            var bits: UInt32 = 0
            for (index, byte) in bytes.enumerated() {
                bits = bits << 8 | UInt32(byte)
                guard index % 3 == 2 else { continue }
                write(bits, 4, into: text, &length)
                bits = 0
            }
            let rest = bytes.count % 3
            if rest > 0 { write(bits << UInt32(8 * (3 - rest)), rest + 1, into: text, &length) }
        }
    }

    private static func write(
        _ bits: UInt32, _ digits: Int, into text: UnsafeMutableBufferPointer<UInt8>,
        _ length: inout Int
    ) {
        for digit in 0..<4 {
            let value = UInt8(truncatingIfNeeded: bits >> UInt32(18 - 6 * digit) & 63)
            text[length] = digit < digits ? self.digit(value) : UInt8(ascii: "=")
            length += 1
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        switch value {
        case ..<26: UInt8(ascii: "A") + value
        case ..<52: UInt8(ascii: "a") + value - 26
        case ..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }
}
