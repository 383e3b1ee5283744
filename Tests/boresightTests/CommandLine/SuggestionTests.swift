import Testing

@testable import boresight

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("", "abc", 3), ("listen", "listen", 0), ("lsiten", "listen", 1),
        ("kitten", "sitting", 3), ("ca", "abc", 3), ("listn", "listen", 1),
    ])
    func `edits are counted, a swap of neighbours as one`(from: String, to: String, edits: Int) {
        #expect(Suggestion.distance(from, to) == edits)
        #expect(Suggestion.distance(to, from) == edits)
    }

    @Test func `the nearest word wins, the first of equals`() {
        #expect(Suggestion.nearest(to: "stpo", among: ["list", "stop", "step"]) == "stop")
        #expect(Suggestion.nearest(to: "bat", among: ["cat", "hat"]) == "cat")
    }

    @Test func `a word unlike all gets no suggestion`() {
        #expect(Suggestion.nearest(to: "xyzzy", among: ["list", "stop"]) == nil)
        #expect(Suggestion.nearest(to: "ab", among: ["list"]) == nil)
        #expect(
            Suggestion.nearest(
                to: String(repeating: "a", count: 65), among: [String(repeating: "a", count: 64)])
                == nil)
    }
}
