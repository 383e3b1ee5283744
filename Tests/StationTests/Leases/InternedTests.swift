@testable import Station
import Testing

@Suite struct InternedTests {
    @Test func `equal values are kept once, and go when nobody has them any more`() {
        var texts = Interned<String>()
        let first = texts.take("a")
        let second = texts.take("b")
        #expect(texts.take("a") == first)
        #expect(texts.count == 2)
        texts.giveBack(first)
        #expect(texts[first] == "a", "somebody still has it")
        texts.giveBack(first)
        #expect(texts.count == 1)
        #expect(texts.take("c") == first, "the number is used again")
        #expect(texts[second] == "b")
        #expect(texts[first] == "c")
    }
}
