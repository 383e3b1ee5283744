import Glibc
import Testing

@testable import Transport

@Suite struct OutQueueTests {
    /// A queue, and a socket that takes everything.
    private final class Line {
        private var queue: OutQueue

        init(bytes: Int = 1000, frames: Int = 100) {
            queue = OutQueue(bytesMax: bytes, framesMax: frames)
        }

        func takes(_ text: String, key: UInt64? = nil) -> Bool {
            queue.append(.text(Array(text.utf8), key: key))
        }

        func end(with text: String) {
            queue.dropUnsent()
            queue.appendAlways(.text(Array(text.utf8)))
        }

        /// What the other side reads.
        func sent() throws -> [String] {
            var ends: [Int32] = [-1, -1]
            let isMade = socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0
            try #require(isMade)
            defer { for end in ends { close(end) } }
            guard case .empty = queue.flush(to: ends[0]) else { return ["not everything"] }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(ends[1], &buffer, buffer.count, Int32(MSG_DONTWAIT))
            var rest = buffer[..<max(0, count)]
            var texts: [String] = []
            while rest.count >= 2 {
                let length = Int(rest[rest.startIndex + 1])
                texts.append(String(decoding: rest.dropFirst(2).prefix(length), as: UTF8.self))
                rest = rest.dropFirst(2 + length)
            }
            return texts
        }
    }

    @Test func `what cannot be left out is refused beyond its bytes or its number`() {
        let byBytes = Line(bytes: 30)
        #expect(byBytes.takes("0123456789"))
        #expect(byBytes.takes("0123456789"))
        #expect(!byBytes.takes("0123456789"))
        let byNumber = Line(frames: 2)
        #expect(byNumber.takes("a"))
        #expect(byNumber.takes("b"))
        #expect(!byNumber.takes("c"))
    }

    @Test func `of a key only the latest waits, at the place of its first`() throws {
        let line = Line()
        for (text, key) in [("a1", 1), ("b1", 2), ("a2", 1), ("c1", 3), ("b2", 2)] {
            #expect(line.takes(text, key: UInt64(key)))
        }
        #expect(try line.sent() == ["a2", "b2", "c1"])
        #expect(line.takes("a3", key: 1))
        #expect(try line.sent() == ["a3"])
    }

    @Test func `frames of which the latest counts take no room from the others`() throws {
        let line = Line(bytes: 30, frames: 2)
        for key in 0..<50 { #expect(line.takes("tick \(key)", key: UInt64(key))) }
        #expect(line.takes("one"))
        #expect(line.takes("two"))
        #expect(!line.takes("three"))
        #expect(try line.sent().count == 52)
        #expect(line.takes("there is room again"))
    }

    @Test func `before a closing frame everything goes that has not begun to leave`() throws {
        let line = Line()
        #expect(line.takes("text"))
        #expect(line.takes("tick", key: 1))
        line.end(with: "end")
        #expect(try line.sent() == ["end"])
        #expect(line.takes("tick", key: 1))
        #expect(try line.sent() == ["tick"])
    }
}
