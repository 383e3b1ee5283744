package import Engine

/// A message of a chat, as it was imported.
package struct ChatMessage: Sendable, Equatable {
    package let userName: String
    package let message: String
    /// As it was written: duplicates are found by it.
    package let timestamp: String
    package let time: UTCTime

    package init(userName: String, message: String, timestamp: String, time: UTCTime) {
        self.userName = userName
        self.message = message
        self.timestamp = timestamp
        self.time = time
    }

    var byteCount: Int { userName.utf8.count + message.utf8.count + timestamp.utf8.count }

    /// What makes it the same message: SHA-256 of `username:message:timestamp`.
    var digest: ChatDigest { ChatDigest("\(userName):\(message):\(timestamp)") }
}

/// 256 bits in a form that a set holds without further memory.
struct ChatDigest: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    init(_ text: String) {
        let bytes = SHA256.hash(Array(text.utf8))
        func word(_ index: Int) -> UInt64 {
            bytes[(8 * index)..<(8 * index + 8)].reduce(0) { $0 << 8 | UInt64($1) }
        }
        words = (word(0), word(1), word(2), word(3))
    }

    static func == (lhs: ChatDigest, rhs: ChatDigest) -> Bool { lhs.words == rhs.words }

    func hash(into hasher: inout Hasher) {
        // The others are as random as this one.
        hasher.combine(words.0)
    }
}

/// The messages of one night's chats: the texts one behind the other, as there may be hundreds of
/// thousands, and what tells a known one.
struct ChatLog: Sendable {
    private var texts: [UInt8] = []
    /// Where each text ends: name, message and timestamp of one message after the other.
    private var ends: [UInt32] = []
    private var digests: Set<ChatDigest> = []

    var count: Int { ends.count / 3 }
    var byteCount: Int { texts.count }

    /// False when it is known.
    mutating func add(_ message: ChatMessage) -> Bool {
        guard digests.insert(message.digest).inserted else { return false }
        for text in [message.userName, message.message, message.timestamp] {
            texts += text.utf8
            ends.append(UInt32(clamping: texts.count))
        }
        return true
    }

    func knows(_ message: ChatMessage) -> Bool { digests.contains(message.digest) }

    /// In the order in which they were imported.
    var messages: some Sequence<(userName: String, message: String, timestamp: String)> {
        (0..<count).lazy.map { index in
            let parts = (0..<3).map { part in
                let start = index + part == 0 ? 0 : Int(ends[3 * index + part - 1])
                return String(decoding: texts[start..<Int(ends[3 * index + part])], as: UTF8.self)
            }
            return (parts[0], parts[1], parts[2])
        }
    }
}
