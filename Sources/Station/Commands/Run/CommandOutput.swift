/// The output of one command: a text from pieces of bytes, within a bound.
struct CommandOutput: Sendable, Equatable {
    private let limit: Int
    private(set) var text = ""
    /// The beginning of a character whose rest has not come yet.
    private var partial: [UInt8] = []
    private var bytesLeftOut = 0

    /// - Parameter limit: bytes of what the device says; our own notes come on top.
    init(limit: Int) {
        self.limit = limit
    }

    /// True when the text has grown.
    mutating func append(_ bytes: [UInt8]) -> Bool {
        let bytes = partial + bytes
        let whole = bytes.count - Self.partialCharacter(atTheEndOf: bytes)
        partial = Array(bytes[whole...])
        let before = text.utf8.count
        take(String(decoding: bytes[..<whole], as: UTF8.self))
        return text.utf8.count > before
    }

    /// Adds a line of our own, behind all that the device has said.
    mutating func note(_ line: String) {
        finish()
        text += line + "\n"
    }

    /// Nothing more will come: what was begun is ended.
    mutating func finish() {
        if !partial.isEmpty { take("\u{FFFD}") }
        partial = []
        if let last = text.utf8.last, last != UInt8(ascii: "\n") { text += "\n" }
        if bytesLeftOut > 0 { text += "\(bytesLeftOut) more bytes of output were left out\n" }
        bytesLeftOut = 0
    }

    private mutating func take(_ piece: String) {
        // Once something was left out, what follows would not join on.
        let room = bytesLeftOut > 0 ? 0 : max(0, limit - text.utf8.count)
        if piece.utf8.count <= room {
            text += piece
            return
        }
        var kept = piece.utf8.prefix(room)
        while !kept.isEmpty, kept.endIndex.samePosition(in: piece.unicodeScalars) == nil {
            kept = kept.dropLast()
        }
        text += String(piece[..<kept.endIndex])
        bytesLeftOut += piece.utf8.count - kept.count
    }

    /// How many bytes at the end begin a character (RFC 3629 §3) that is not whole.
    private static func partialCharacter(atTheEndOf bytes: [UInt8]) -> Int {
        for (index, byte) in bytes.suffix(3).reversed().enumerated() where byte & 0xC0 != 0x80 {
            let length =
                switch byte {
                case 0xC2...0xDF: 2
                case 0xE0...0xEF: 3
                case 0xF0...0xF4: 4
                default: 1
                }
            return length > index + 1 ? index + 1 : 0
        }
        return 0
    }
}
