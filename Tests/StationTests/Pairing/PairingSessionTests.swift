import Engine
import Testing

@testable import Station

@Suite struct PairingSessionTests {
    private let created = UTCTime(nanoseconds: 1_800_000_000_000_000_000)
    private let day = Duration.seconds(86_400)

    private func session(_ now: Instant) -> PairingSession {
        PairingSession(
            createdAt: created, expiresAt: created.advanced(by: day),
            endsAt: now.advanced(by: day))
    }

    @Test func `a stored session has left what the wall clock says, and never more than a new one`()
        throws
    {
        let hash = try #require(SecretHash(stored: Array(repeating: 7, count: 32)))
        let row = session(.start).row(hash)
        let now = Instant.start.advanced(by: .seconds(3))
        func left(_ utc: UTCTime) throws -> Duration {
            let stored = try #require(
                PairingSession.stored(row, now: now, utc: utc, lifetime: day))
            #expect(
                utc.duration(to: stored.session.expiresAt)
                    == now.duration(to: stored.session.endsAt))
            return now.duration(to: stored.session.endsAt)
        }
        #expect(try left(created.advanced(by: .seconds(3600))) == .seconds(82_800))
        #expect(try left(created.advanced(by: .seconds(90_000))) == .seconds(-3600))
        // A laptop that starts without a clock believes that it is 1970.
        #expect(try left(UTCTime(nanoseconds: 0)) == day)
    }

    @Test func `it ends by engine time`() {
        let session = session(.start)
        #expect(!session.hasExpired(at: .start.advanced(by: day - .nanoseconds(1))))
        #expect(session.hasExpired(at: .start.advanced(by: day)))
    }
}
