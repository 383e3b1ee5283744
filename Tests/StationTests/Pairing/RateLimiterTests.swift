import Engine
import Station
import Testing

@Suite struct RateLimiterTests {
    private let start = Instant.start

    @Test func `an address gets its minute's share at once and then waits for the next`() {
        var limiter = RateLimiter(perMinute: 60, addresses: 10)
        for _ in 0..<60 { #expect(limiter.take("a", now: start) == nil) }
        #expect(limiter.take("a", now: start) == .seconds(1))
        #expect(limiter.take("b", now: start) == nil, "another address has its own share")
        #expect(limiter.take("a", now: start.advanced(by: .milliseconds(999))) != nil)
        #expect(limiter.take("a", now: start.advanced(by: .milliseconds(1000))) == nil)
    }

    @Test func `rest fills the share up, but not beyond`() {
        var limiter = RateLimiter(perMinute: 2, addresses: 10)
        #expect(limiter.take("a", now: start) == nil)
        let later = start.advanced(by: .seconds(3600))
        #expect(limiter.take("a", now: later) == nil)
        #expect(limiter.take("a", now: later) == nil)
        #expect(limiter.take("a", now: later) == .seconds(30))
    }

    @Test func `what is put back can be taken again, and never more than the share`() {
        var limiter = RateLimiter(perMinute: 1, addresses: 10)
        #expect(limiter.take("a", now: start) == nil)
        for _ in 0..<3 { limiter.putBack("a") }
        limiter.putBack("unknown")
        #expect(limiter.take("a", now: start) == nil)
        #expect(limiter.take("a", now: start) != nil)
    }

    @Test func `only so many addresses are remembered, the oldest forgotten first`() {
        var limiter = RateLimiter(perMinute: 1, addresses: 2)
        for address in ["a", "b", "c"] { #expect(limiter.take(address, now: start) == nil) }
        #expect(limiter.take("c", now: start) != nil)
        #expect(limiter.take("a", now: start) == nil, "a was forgotten and begins anew")
    }
}
