@testable import Station
import Testing

@Suite struct CommandOutputTests {
    private func output(_ pieces: [[UInt8]], limit: Int = 1000) -> CommandOutput {
        var output = CommandOutput(limit: limit)
        for piece in pieces { _ = output.append(piece) }
        output.finish()
        return output
    }

    @Test func `text is the same in whatever pieces it comes`() {
        let text = "grüße €5 😀\n"
        let bytes = Array(text.utf8)
        for size in 1...bytes.count {
            let pieces = stride(from: 0, to: bytes.count, by: size).map {
                Array(bytes[$0..<min($0 + size, bytes.count)])
            }
            #expect(output(pieces).text == text)
        }
    }

    @Test func `half a character waits for its rest`() {
        var output = CommandOutput(limit: 1000)
        let taken1 = output.append([0x61, 0xE2, 0x82])
        #expect(taken1)
        #expect(output.text == "a")
        let taken2 = output.append([])
        #expect(!taken2)
        let taken3 = output.append([0xAC])
        #expect(taken3)
        #expect(output.text == "a€")
    }

    @Test func `what is no text becomes replacement characters`() {
        #expect(output([[0xFF, 0x61]]).text == "\u{FFFD}a\n")
        #expect(output([[0x61, 0xF0, 0x9F]]).text == "a\u{FFFD}\n")
        #expect(output([[0x80, 0x80, 0x80, 0x80]]).text.hasSuffix("\n"))
    }

    @Test func `it ends with a line feed, and nothing gets one`() {
        #expect(output([Array("a".utf8)]).text == "a\n")
        #expect(output([Array("a\n".utf8)]).text == "a\n")
        #expect(output([]).text == "")
    }

    @Test func `what is over the bound is counted and left out, also what comes later`() {
        let cut = output([Array("12345678".utf8), Array("9abc".utf8), Array("d".utf8)], limit: 10)
        #expect(cut.text == "123456789a\n3 more bytes of output were left out\n")
        // No character is cut in two.
        let euro = output([Array("12€".utf8)], limit: 4)
        #expect(euro.text == "12\n3 more bytes of output were left out\n")
        #expect(output([Array("1234".utf8)], limit: 4).text == "1234\n")
    }

    @Test func `a note stands on a line of its own, behind everything`() {
        var output = CommandOutput(limit: 2)
        _ = output.append(Array("abc".utf8))
        output.note("failed")
        #expect(output.text == "ab\n1 more bytes of output were left out\nfailed\n")
        output.note("again")
        #expect(output.text.hasSuffix("failed\nagain\n"))
    }
}
