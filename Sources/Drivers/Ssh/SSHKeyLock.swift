/// How much work a private key's passphrase costs, read from the key's text alone.
package enum SSHKeyLock: Sendable, Equatable {
    /// No lock, or one that a single hash opens.
    case light
    /// Rounds of bcrypt, as ssh-keygen writes them into the key.
    case bcrypt(rounds: UInt32)
    /// Any amount of work: PKCS #8, or what cannot be read.
    case unknown

    private static let beginning = "-----BEGIN OPENSSH PRIVATE KEY-----"
    private static let magic = Array("openssh-key-v1\0".utf8)

    package init(_ text: String) {
        guard !text.contains("BEGIN ENCRYPTED PRIVATE KEY") else {
            self = .unknown
            return
        }
        let text = text.drop(while: \.isWhitespace)
        guard text.hasPrefix(Self.beginning) else {
            self = .light
            return
        }
        var bytes = Self.bytes(text.utf8.dropFirst(Self.beginning.utf8.count))[...]
        guard bytes.starts(with: Self.magic) else {
            self = .unknown
            return
        }
        bytes = bytes.dropFirst(Self.magic.count)
        // OpenSSH's PROTOCOL.key: the cipher, the function that makes its key, and its options.
        guard Self.string(&bytes) != nil, let function = Self.string(&bytes),
            var options = Self.string(&bytes)
        else {
            self = .unknown
            return
        }
        if function.elementsEqual("none".utf8) {
            self = .light
        } else if function.elementsEqual("bcrypt".utf8), Self.string(&options) != nil,
            let rounds = Self.number(&options)
        {
            self = .bcrypt(rounds: rounds)
        } else {
            self = .unknown
        }
    }

    /// Whether it is opened by at most so many rounds.
    package func opens(within rounds: UInt32) -> Bool {
        switch self {
        case .light: true
        case .bcrypt(let needed): needed <= rounds
        case .unknown: false
        }
    }

    private static func number(_ bytes: inout ArraySlice<UInt8>) -> UInt32? {
        guard bytes.count >= 4 else { return nil }
        defer { bytes = bytes.dropFirst(4) }
        return bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func string(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let count = number(&bytes), count <= bytes.count else { return nil }
        defer { bytes = bytes.dropFirst(Int(count)) }
        return bytes.prefix(Int(count))
    }

    /// The bytes behind Base64 up to the first character that is neither that nor white.
    private static func bytes(_ text: Substring.UTF8View) -> [UInt8] {
        var bytes: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for character in text where !Character(Unicode.Scalar(character)).isWhitespace {
            guard let value = value(character) else { break }
            bits = bits << 6 | value
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        return bytes
    }

    private static func value(_ character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
