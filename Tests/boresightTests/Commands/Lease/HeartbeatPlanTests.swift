import Testing

@testable import boresight

@Suite struct HeartbeatPlanTests {
    @Test func `three heartbeats fit in the time after which the lease would end`() {
        var plan = HeartbeatPlan(heartbeat: .seconds(60), now: .seconds(100))
        #expect(plan.due == .seconds(120))
        let isBack = plan.taken(now: .seconds(121))
        #expect(!isBack, "nothing was wrong")
        #expect(plan.due == .seconds(141))
    }

    @Test func `a server that is away is asked again soon, and told of once`() {
        var plan = HeartbeatPlan(heartbeat: .seconds(60), now: .zero)
        let isNew = plan.failed(now: .seconds(20))
        #expect(isNew)
        #expect(plan.due == .seconds(22))
        let isNewAgain = plan.failed(now: .seconds(22))
        #expect(!isNewAgain)
        let isBack = plan.taken(now: .seconds(24))
        #expect(isBack)
        #expect(plan.due == .seconds(44))
    }

    @Test func `a short heartbeat is not made longer by trouble`() {
        var plan = HeartbeatPlan(heartbeat: .seconds(5), now: .zero)
        _ = plan.failed(now: .seconds(2))
        #expect(plan.due < .seconds(4))
    }
}
