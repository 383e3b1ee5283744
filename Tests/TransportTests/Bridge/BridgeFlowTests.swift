import Testing

@testable import Transport

@Suite struct BridgeFlowTests {
    @Test func `a side is read until the bound and again from half of it`() {
        var flow = BridgeFlow(bound: 100)
        var reads: [Bool] = []
        for waiting in [0, 99, 100, 150, 51, 50, 99, 100] {
            flow.update(waitingForClient: waiting, waitingForPort: 0)
            reads.append(flow.readsPort)
            #expect(flow.readsClient)
        }
        #expect(reads == [true, true, false, false, false, true, true, false])
    }

    @Test func `the sides do not depend on each other`() {
        var flow = BridgeFlow(bound: 100)
        flow.update(waitingForClient: 0, waitingForPort: 100)
        #expect(flow.readsPort)
        #expect(!flow.readsClient)
        flow.update(waitingForClient: 100, waitingForPort: 50)
        #expect(!flow.readsPort)
        #expect(flow.readsClient)
    }

    @Test func `totals are told once an interval and only after a change`() {
        var totals = BridgeTotals(interval: .seconds(10), now: .seconds(100))
        var told = [totals.isDue(.seconds(200))]
        totals.add(fromClient: 5)
        totals.add(toClient: 7)
        told.append(totals.isDue(.seconds(200)))
        #expect(totals.fromClient == 5)
        #expect(totals.toClient == 7)
        totals.add(fromClient: 1)
        for second in [209, 210, 300] { told.append(totals.isDue(.seconds(second))) }
        #expect(told == [false, true, false, true, false])
    }
}
