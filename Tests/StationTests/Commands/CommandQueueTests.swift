@testable import Station
import Testing

@Suite struct CommandQueueTests {
    @Test func `one at a time, in their order`() {
        var queue = CommandQueue()
        let taken1 = queue.next()
        #expect(taken1 == nil)
        for id in ["a", "b", "c"] { queue.add(id) }
        let taken2 = queue.next()
        #expect(taken2 == "a")
        let taken3 = queue.next()
        #expect(taken3 == nil, "the first still has its turn")
        queue.remove("b")
        queue.remove("unknown")
        let taken4 = queue.next()
        #expect(taken4 == nil)
        queue.remove("a")
        let taken5 = queue.next()
        #expect(taken5 == "c")
        #expect(!queue.isEmpty)
        queue.remove("c")
        #expect(queue.isEmpty)
    }
}
