import Testing

@testable import boresight

@Suite struct LogQueueTests {
    @Test func `lines beyond the bound are counted and not kept`() {
        var queue = LogQueue(limits: LogQueue.Limits(waitingBytes: 10))
        for line in ["12345\n", "1234", "x"] { queue.append(line) }
        #expect(queue.lost == 1)
        var batch = queue.takeAll()
        #expect(batch.lines == ["12345\n", "1234"])
        #expect(batch.lost == 1)
        queue.append("again\n")
        batch = queue.takeAll()
        #expect(batch.lines == ["again\n"])
        #expect(batch.lost == 0)
    }

    @Test func `a closed queue takes nothing`() {
        var queue = LogQueue()
        queue.close()
        queue.append("late\n")
        #expect(queue.takeAll().lines.isEmpty)
    }
}
