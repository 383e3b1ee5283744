/// The addresses of one watch.
struct EcastAddress {
    let settings: EcastSettings

    /// Answers with the host that has the room.
    var lookUp: String { "\(settings.base.text)/api/v2/rooms/\(Self.escaped(settings.code))" }

    /// A seat for one who only watches: a shard reads everything, writes nothing and takes no
    /// player's place.
    func seat(on host: String, returningTo place: EcastPlace?) -> String {
        let ticket = place.map { "&id=\($0.id)&secret=\(Self.escaped($0.secret))" } ?? ""
        return play(on: host, as: settings.userID) + ticket
    }

    /// A second seat for a moment. It has a user of its own: the service may take two sockets of
    /// one user for a reconnection.
    func probe(on host: String) -> String {
        play(on: host, as: settings.userID + "-probe")
    }

    private func play(on host: String, as user: String) -> String {
        "\(settings.base.isSecure ? "wss" : "ws")://\(host)/api/v2/rooms/"
            + "\(Self.escaped(settings.code))/play?role=shard&name=\(Self.escaped(settings.name))"
            + "&userId=\(Self.escaped(user))&format=json"
    }

    /// Percent-encodes what may not stand in an address as it is (RFC 3986 §2.3).
    private static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                bytes += Array((digits.count == 1 ? "%0" : "%").utf8) + Array(digits.utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func isPlain(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "-._~".utf8.contains(byte)
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}

/// What takes a watcher back to its own seat after a lost connection.
struct EcastPlace: Sendable, Equatable {
    var id: Int64
    var secret: String
}
