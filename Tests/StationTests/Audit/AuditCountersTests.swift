import Engine
@testable import Station
import Testing

/// How equal events are counted instead of kept.
@Suite struct AuditCountersTests {
    /// Expectations cannot call what changes a value.
    private final class Counting {
        private var counters: AuditCounters

        init(_ limits: AuditLimits = AuditLimits()) {
            counters = AuditCounters(limits: limits)
        }

        var due: Instant? { counters.due }

        func admit(_ event: AuditEvent, _ pace: AuditPace, now: Instant) -> Bool {
            counters.admit(event, pace, now: now)
        }

        func takeDue(now: Instant) -> [AuditEvent] { counters.takeDue(now: now) }
    }

    private static let start = Instant.start

    private static func event(
        _ resource: String = "rotor:1", address: String = "10.0.0.1", success: Bool = false
    ) -> AuditEvent {
        var event = AuditEvent("point_rotor")
        event.resource = resource
        event.address = address
        event.details = "why"
        event.isSuccess = success
        return event
    }

    private static func at(_ seconds: Int) -> Instant { start.advanced(by: .seconds(seconds)) }

    @Test func `the first ten equal refusals stand for themselves, the rest for a number`() {
        let counters = Counting()
        let kept = (0..<25).filter { _ in
            counters.admit(Self.event(), .refusal, now: Self.at(3))
        }
        #expect(kept.count == 10)
        #expect(counters.due == Self.at(63))
        #expect(counters.takeDue(now: Self.at(62)).isEmpty)
        let told = counters.takeDue(now: Self.at(63))
        #expect(told.map(\.details) == ["and 15 more"])
        #expect(told.first?.action == "point_rotor")
        #expect(told.first?.resource == "rotor:1")
        #expect(told.first?.isSuccess == false)
        #expect(counters.due == nil)
        #expect(counters.admit(Self.event(), .refusal, now: Self.at(64)), "a new window")
    }

    @Test func `nothing is told of a window in which nothing was counted`() {
        let counters = Counting()
        #expect(counters.admit(Self.event(), .refusal, now: Self.at(0)))
        #expect(counters.due == nil)
        #expect(counters.takeDue(now: Self.at(600)).isEmpty)
    }

    @Test func `what differs in who, from where, what or to what is another kind`() {
        let counters = Counting()
        for _ in 0..<10 { #expect(counters.admit(Self.event(), .refusal, now: Self.start)) }
        #expect(!counters.admit(Self.event(), .refusal, now: Self.start))
        #expect(counters.admit(Self.event("rotor:2"), .refusal, now: Self.start))
        #expect(counters.admit(Self.event(address: "10.0.0.2"), .refusal, now: Self.start))
        #expect(counters.admit(Self.event(success: true), .refusal, now: Self.start))
        var event = Self.event()
        event.user = "u1"
        #expect(counters.admit(event, .refusal, now: Self.start))
    }

    @Test func `changes have more room, movements have less, and the station has all`() {
        func kept(_ pace: AuditPace) -> Int {
            let counters = Counting()
            return (0..<200).filter { _ in
                counters.admit(Self.event(), pace, now: Self.start)
            }.count
        }
        #expect(kept(.each) == 200)
        #expect(kept(.change) == 60)
        #expect(kept(.movement) == 1)
        #expect(kept(.refusal) == 10)
        #expect(kept(.stranger) == 10)
    }

    @Test func `strangers cannot cause more entries in an hour than they are allowed`() {
        var limits = AuditLimits()
        limits.strangersEntries = 50
        limits.counters = 100
        let counters = Counting(limits)
        var entries = 0
        // Six hours of knocking from ever other addresses at ever other doors.
        for second in 0..<(6 * 3600) {
            for knock in 0..<3 {
                let event = Self.event(
                    "rotor:\(second)", address: "10.0.\(knock).\(second % 200)")
                if counters.admit(event, .stranger, now: Self.at(second)) { entries += 1 }
            }
            entries += counters.takeDue(now: Self.at(second)).count
        }
        #expect(entries <= 50 * 7)
        #expect(entries > 50)
    }

    @Test func `what finds no counter is counted with all others`() {
        var limits = AuditLimits()
        limits.counters = 2
        let counters = Counting(limits)
        #expect(counters.admit(Self.event("a"), .stranger, now: Self.start))
        #expect(counters.admit(Self.event("b"), .stranger, now: Self.start))
        #expect(!counters.admit(Self.event("c"), .stranger, now: Self.start))
        #expect(!counters.admit(Self.event("d"), .refusal, now: Self.start))
        #expect(counters.admit(Self.event("e"), .change, now: Self.start), "no change vanishes")
        let told = counters.takeDue(now: Self.at(60))
        #expect(told.map(\.action) == ["other_refusals"])
        #expect(told.map(\.details) == ["and 2 more"])
        #expect(counters.admit(Self.event("c"), .stranger, now: Self.at(61)), "there is room again")
    }
}
