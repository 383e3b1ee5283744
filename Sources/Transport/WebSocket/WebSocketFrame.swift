/// A message to or from a socket.
package enum WebSocketMessage: Sendable, Equatable {
    /// Valid UTF-8.
    case text([UInt8])
    case binary([UInt8])
}

/// One message, encoded once for any number of sockets: they share its bytes.
///
/// Server to client, so unmasked; one frame, never fragmented (RFC 6455 §5.2).
package final class WebSocketFrame: Sendable {
    /// Header and payload, as they go on the wire.
    let bytes: [UInt8]
    private let headerLength: Int
    /// While a slow socket still has a frame of this key waiting, a newer one takes its place.
    let key: UInt64?

    package static func text(_ payload: [UInt8], key: UInt64? = nil) -> WebSocketFrame {
        WebSocketFrame(opcode: 0x1, payload, key)
    }

    package static func binary(_ payload: [UInt8], key: UInt64? = nil) -> WebSocketFrame {
        WebSocketFrame(opcode: 0x2, payload, key)
    }

    /// RFC 6455 §5.5.1; the reason is cut to what fits a control frame.
    static func close(_ code: UInt16, _ reason: String) -> WebSocketFrame {
        var text = reason
        while text.utf8.count > 123 { text.removeLast() }
        return WebSocketFrame(opcode: 0x8, [UInt8(code >> 8), UInt8(code & 0xFF)] + text.utf8, nil)
    }

    static let ping = WebSocketFrame(opcode: 0x9, [], nil)

    /// Bytes that are frames already.
    init(encoded bytes: [UInt8]) {
        self.bytes = bytes
        headerLength = 0
        key = nil
    }

    private init(opcode: UInt8, _ payload: [UInt8], _ key: UInt64?) {
        var header: [UInt8] = [0x80 | opcode]
        switch payload.count {
        case ..<126:
            header.append(UInt8(payload.count))
        case ..<65_536:
            header += [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default:
            header.append(127)
            for shift in stride(from: 56, through: 0, by: -8) {
                header.append(UInt8(truncatingIfNeeded: payload.count >> shift))
            }
        }
        headerLength = header.count
        bytes = header + payload
        self.key = key
    }

    /// The message without its frame header.
    package var payload: [UInt8] { Array(bytes[headerLength...]) }
}
