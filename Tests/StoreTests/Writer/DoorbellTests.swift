import Engine
import Testing

@testable import Store

@Suite(.timeLimit(.minutes(1)))
struct DoorbellTests {
    @Test func `a ring before the sleep is kept, and two are one`() {
        let bell = Doorbell()
        bell.ring()
        bell.ring()
        bell.sleep()
        let isSecondKept = ContinuousClock().measure { bell.sleep(atMost: .milliseconds(20)) }
        // The clock only goes one way: the sleep cannot have been shorter than asked.
        #expect(isSecondKept >= .milliseconds(20))
    }

    @Test func `a ring wakes a sleeping thread`() throws {
        let bell = Doorbell()
        let answer = Doorbell()
        let thread = try SystemThread(name: "doorbell-test") {
            for _ in 0..<1000 {
                bell.sleep()
                answer.ring()
            }
        }
        for _ in 0..<1000 {
            bell.ring()
            answer.sleep()
        }
        thread.join()
    }

    @Test func `a ring ends a long sleep`() throws {
        let bell = Doorbell()
        let thread = try SystemThread(name: "doorbell-test") { bell.sleep(atMost: .seconds(86400)) }
        bell.ring()
        thread.join()
    }
}
