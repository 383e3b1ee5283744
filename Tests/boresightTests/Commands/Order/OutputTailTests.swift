import Testing

@testable import boresight

@Suite struct OutputTailTests {
    @Test func `only what is new is shown`() {
        var tail = OutputTail()
        var shown: [String] = []
        for output in ["", "a", "a", "a\r", "a\r\n", "a\r\né", "a\r\né!"] {
            shown.append(tail.new(output))
        }
        #expect(shown == ["", "a", "", "\r", "\n", "é", "!"])
    }

    @Test func `a failure's last line is its reason`() {
        for (shown, output, new, reason) in [
            ("", "one\ntwo\n", "one\n", "two"), ("one\n", "one\ntwo\n", "", "two"),
            ("on", "one\ntwo\n", "e\n", "two"), ("", "only", "", "only"),
            ("", "", "", "the command has failed"),
        ] {
            var tail = OutputTail()
            _ = tail.new(shown)
            let last = tail.last(output)
            #expect(last.new == new)
            #expect(last.reason == reason)
        }
    }
}
