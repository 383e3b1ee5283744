import Engine
@testable import Station
import Testing

@Suite struct PacingTests {
    private func at(_ milliseconds: Int64) -> Instant {
        Instant.start.advanced(by: .milliseconds(milliseconds))
    }

    @Test func `the first news goes at once, the next waits, the last is never left out`() {
        var pacing = Pacing()
        #expect(pacing.due == nil)
        let taken1 = pacing.take(at: at(0), spacing: .milliseconds(100))
        #expect(!taken1)
        pacing.changed()
        let taken2 = pacing.take(at: at(5), spacing: .milliseconds(100))
        #expect(taken2)
        #expect(pacing.due == nil)
        pacing.changed()
        pacing.changed()
        #expect(pacing.due == at(105))
        let taken3 = pacing.take(at: at(104), spacing: .milliseconds(100))
        #expect(!taken3)
        let taken4 = pacing.take(at: at(105), spacing: .milliseconds(100))
        #expect(taken4)
        #expect(pacing.due == nil)
        pacing.changed()
        let taken5 = pacing.take(at: at(900), spacing: .milliseconds(100))
        #expect(taken5)
    }
}
