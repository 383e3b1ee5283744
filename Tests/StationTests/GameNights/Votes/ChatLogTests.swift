import Engine
import Testing

@testable import Station

@Suite struct ChatLogTests {
    private static func message(
        _ name: String, _ text: String, _ timestamp: String = "2026-01-01T00:00:00Z"
    ) -> ChatMessage {
        ChatMessage(
            userName: name, message: text, timestamp: timestamp, time: UTCTime(nanoseconds: 0))
    }

    @Test func `messages come back in their order, byte for byte`() {
        var log = ChatLog()
        let messages = [
            Self.message("a", "b"), Self.message("", ""), Self.message("ü", "👩‍👩‍👧‍👦 e\u{301}"),
            Self.message("", "", ""), Self.message("a", "c\u{0}\n"),
        ]
        for message in messages {
            let isNew = log.add(message)
            #expect(isNew)
        }
        #expect(log.count == 5)
        #expect(log.byteCount == messages.reduce(0) { $0 + $1.byteCount })
        let read = Array(log.messages)
        #expect(read.map(\.userName) == messages.map(\.userName))
        #expect(read.map { Array($0.message.utf8) } == messages.map { Array($0.message.utf8) })
        #expect(read.map(\.timestamp) == messages.map(\.timestamp))
    }

    @Test func `a message is known by name, text and timestamp as they were written`() {
        var log = ChatLog()
        let isNew = (0..<2).map { _ in log.add(Self.message("a", "b", "c")) }
        #expect(isNew == [true, false])
        #expect(log.knows(Self.message("a", "b", "c")))
        #expect(log.count == 1)
        for other in [("A", "b", "c"), ("a", "b ", "c"), ("a", "b", "C"), ("a", "", "b:c")] {
            #expect(!log.knows(Self.message(other.0, other.1, other.2)))
        }
        // The document joins the three with colons, so these two are one.
        #expect(
            Self.message("a", "b:c", "d").digest == Self.message("a:b", "c", "d").digest)
    }

    @Test func `the digest is SHA-256 of the three with colons between`() {
        let digest = Self.message("viewer1", "thisgame++", "2026-03-15T20:30:00Z").digest
        #expect(digest == ChatDigest("viewer1:thisgame++:2026-03-15T20:30:00Z"))
        #expect(digest != ChatDigest("viewer1:thisgame++:2026-03-15T20:30:00z"))
    }
}
