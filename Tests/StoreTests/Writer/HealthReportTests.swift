import Testing

@testable import Store

@Suite struct HealthReportTests {
    @Test func `each change is told once`() {
        let heard = Heard<StoreHealth>()
        let report = HealthReport(heard.listener)
        let reason = StoreError.simulated(reason: "disk full")
        let course: [StoreHealth] = [
            .ok, .failing(reason: reason, attempts: 1), .failing(reason: reason, attempts: 1),
            .failing(reason: reason, attempts: 2), .overloaded(pendingTurns: 5, reason: reason),
            .overloaded(pendingTurns: 6, reason: reason), .overloaded(pendingTurns: 6, reason: nil),
            .ok, .ok,
        ]
        for health in course { report.update { health } }
        #expect(
            heard.all == [
                .failing(reason: reason, attempts: 1), .failing(reason: reason, attempts: 2),
                .overloaded(pendingTurns: 5, reason: reason),
                .overloaded(pendingTurns: 6, reason: nil), .ok,
            ])
    }
}
