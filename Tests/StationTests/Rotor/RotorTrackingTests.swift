import Drivers
import Engine
import Pointing
import Testing

@testable import Station

@Suite struct RotorTrackingTests {
    private func time(_ seconds: Double) -> Instant {
        .start.advanced(by: .milliseconds(Int64(seconds * 1000)))
    }

    private func tracking(_ mode: TrackingMode) throws -> RotorTracking {
        var tracking = RotorTracking(
            geometry: try RotorGeometry(maxAzimuthDegrees: 450), limits: TrackingLimits(),
            mode: mode, target: nil)
        tracking.driverChanged(problem: nil)
        tracking.rotorReported(
            RotorPosition(azimuthDegrees: 10, elevationDegrees: 0), now: time(0))
        return tracking
    }

    private func stand(_ tracking: inout RotorTracking) throws {
        tracking.stand(
            at: StationFix(
                position: try GeodeticPosition(
                    latitudeDegrees: 52, longitudeDegrees: 13, altitudeMeters: 100),
                source: .fixed, mode: .none, satellitesUsed: nil, time: nil, measuredAt: nil,
                problem: nil))
    }

    /// A phone a kilometre or so away: east or west of the station.
    private func phone(_ longitude: Double, _ sent: String? = nil) throws -> PhoneLocation {
        PhoneLocation(
            position: try GeodeticPosition(
                latitudeDegrees: 52, longitudeDegrees: longitude, altitudeMeters: 150),
            sentAt: sent.flatMap(SentTime.init))
    }

    private func expectDecision(
        _ tracking: inout RotorTracking, _ seconds: Double, _ command: RotorCommand?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let decision = tracking.decide(now: time(seconds))
        #expect(decision.command == command, sourceLocation: sourceLocation)
    }

    private func aimsEast(_ tracking: RotorTracking, _ seconds: Double) -> Bool? {
        guard case .direction(let azimuth, _)? = tracking.shownTarget(now: time(seconds)) else {
            return nil
        }
        return azimuth < 180
    }

    @Test func `a location that is chosen again is followed from where it was seen last`() throws {
        var tracking = try tracking(.track)
        try stand(&tracking)
        func follow(_ location: String) {
            tracking.choose(.track)
            tracking.aim(at: .location(location))
        }
        follow("van")
        let point = GeoJSONPoint(try phone(13.02).position)
        let sighting = Sighting(
            point: point, accuracyMeters: nil, time: UTCTime(nanoseconds: 1_000_000_000))
        tracking.see(sighting, of: "van", at: time(1))
        #expect(aimsEast(tracking, 1) == true)
        tracking.choose(.stop)
        #expect(aimsEast(tracking, 2) == nil)
        follow("van")
        #expect(aimsEast(tracking, 3) == true)
        #expect(tracking.problems(now: time(3)).isEmpty)
        follow("boat")
        #expect(aimsEast(tracking, 4) == nil, "another was seen elsewhere")
        follow("van")
        #expect(aimsEast(tracking, 5) == nil, "what was forgotten is told again by its location")
    }

    @Test func `of two phones one is followed until it is silent for ten seconds`() throws {
        var tracking = try tracking(.track)
        try stand(&tracking)
        let (east, west) = (try phone(13.02), try phone(12.98))
        tracking.locate(east, from: PeerID(1), now: time(1))
        tracking.locate(west, from: PeerID(2), now: time(2))
        #expect(aimsEast(tracking, 2) == true)
        tracking.locate(east, from: PeerID(1), now: time(5))
        tracking.locate(west, from: PeerID(2), now: time(14.9))
        #expect(aimsEast(tracking, 14.9) == true)
        tracking.locate(west, from: PeerID(2), now: time(15))
        #expect(aimsEast(tracking, 15) == false)
        tracking.locate(east, from: PeerID(1), now: time(16))
        #expect(aimsEast(tracking, 16) == false, "the second keeps it")
    }

    @Test func `when the socket of the followed phone closes another may follow at once`() throws {
        var tracking = try tracking(.track)
        try stand(&tracking)
        tracking.locate(try phone(13.02), from: PeerID(1), now: time(1))
        tracking.lost(PeerID(2))
        tracking.locate(try phone(12.98), from: PeerID(3), now: time(2))
        #expect(aimsEast(tracking, 2) == true)
        tracking.lost(PeerID(1))
        #expect(aimsEast(tracking, 2) == true, "the last place stays in use")
        tracking.locate(try phone(12.98), from: PeerID(3), now: time(3))
        #expect(aimsEast(tracking, 3) == false)
    }

    @Test func `a location from before the last one counts for nothing`() throws {
        var tracking = try tracking(.track)
        try stand(&tracking)
        tracking.locate(try phone(13.02, "2026-11-21T06:22:05Z"), from: PeerID(1), now: time(1))
        tracking.lost(PeerID(1))
        tracking.locate(try phone(12.98, "2026-11-21T06:22:04Z"), from: PeerID(2), now: time(2))
        #expect(aimsEast(tracking, 2) == true)
        tracking.locate(try phone(12.98), from: PeerID(2), now: time(3))
        #expect(aimsEast(tracking, 3) == false, "without a time it is taken as it comes")
    }

    @Test func `a phone whose clock was set back is believed after ten seconds`() throws {
        var tracking = try tracking(.track)
        try stand(&tracking)
        tracking.locate(try phone(13.02, "2026-11-21T06:22:05Z"), from: PeerID(1), now: time(1))
        tracking.locate(try phone(12.98, "2026-11-21T05:22:06Z"), from: PeerID(1), now: time(10))
        #expect(aimsEast(tracking, 10) == true)
        tracking.locate(try phone(12.98, "2026-11-21T05:22:08Z"), from: PeerID(1), now: time(11))
        #expect(aimsEast(tracking, 11) == false)
    }

    @Test func `a rotor that does not turn is told again, and that is shown`() throws {
        var tracking = try tracking(.manual)
        tracking.aim(at: .direction(azimuthDegrees: 90, elevationDegrees: 20))
        let aim = RotorCommand.point(azimuthDegrees: 90, elevationDegrees: 20)
        expectDecision(&tracking, 1, aim)
        tracking.accepted(aim)
        var told: [Int] = []
        for second in 2...20 {
            tracking.rotorReported(
                RotorPosition(azimuthDegrees: 10, elevationDegrees: 0), now: time(Double(second)))
            if tracking.decide(now: time(Double(second))).command == aim { told.append(second) }
        }
        #expect(told == [6, 16])
        #expect(tracking.problems(now: time(20)).map(\.detail) == ["the rotor does not turn"])
        tracking.rotorReported(
            RotorPosition(azimuthDegrees: 12, elevationDegrees: 1), now: time(21))
        #expect(tracking.problems(now: time(21)).isEmpty)
    }

    @Test func `a rotor that turns less than its noise between two readings turns`() throws {
        var tracking = try tracking(.manual)
        tracking.aim(at: .direction(azimuthDegrees: 20, elevationDegrees: 0))
        expectDecision(&tracking, 1, .point(azimuthDegrees: 20, elevationDegrees: 0))
        // A large dish: a tenth of a degree a second, asked four times a second.
        for reading in 1...200 {
            let seconds = 1 + Double(reading) / 4
            tracking.rotorReported(
                RotorPosition(azimuthDegrees: 10 + seconds / 10, elevationDegrees: 0),
                now: time(seconds))
            #expect(tracking.decide(now: time(seconds)).command == nil)
            #expect(tracking.problems(now: time(seconds)) == [])
            if reading > 4 { #expect(tracking.isMoving(now: time(seconds))) }
        }
    }

    @Test func `a stop that the rotor refused is sent again, unless another mode is chosen`() throws
    {
        var tracking = try tracking(.manual)
        tracking.choose(.stop)
        expectDecision(&tracking, 1, .stop)
        tracking.refused("rejected", isStop: true, now: time(1))
        let waiting = tracking.decide(now: time(2))
        #expect(waiting.command == nil)
        #expect(waiting.askAgainAt.map { $0 <= time(6) } == true)
        expectDecision(&tracking, 6, .stop)
        expectDecision(&tracking, 7, nil)
        tracking.refused("rejected", isStop: true, now: time(7))
        tracking.choose(.manual)
        expectDecision(&tracking, 20, nil)
    }

    @Test func `a stop that a lost rotor did not get is sent once it is back`() throws {
        var tracking = try tracking(.manual)
        tracking.choose(.stop)
        expectDecision(&tracking, 1, .stop)
        tracking.driverChanged(problem: "the reply timed out")
        tracking.refused("timed out", isStop: true, now: time(2))
        expectDecision(&tracking, 20, nil)
        tracking.driverChanged(problem: nil)
        expectDecision(&tracking, 21, .stop)
    }

    @Test func `what somebody else ordered stands still while the rotor is theirs, and goes on`()
        throws
    {
        var tracking = try tracking(.track)
        tracking.aim(at: .direction(azimuthDegrees: 90, elevationDegrees: 30))
        let aim = RotorCommand.point(azimuthDegrees: 90, elevationDegrees: 30)
        expectDecision(&tracking, 1, aim)
        tracking.bar("eva has it")
        expectDecision(&tracking, 2, .stop)
        expectDecision(&tracking, 3, nil)
        tracking.aim(at: .direction(azimuthDegrees: 10, elevationDegrees: 30))
        expectDecision(&tracking, 4, nil)
        #expect(tracking.problems(now: time(4)).map(\.source) == [.lease])
        #expect(tracking.shownTarget(now: time(4)) == nil)
        tracking.bar(nil)
        expectDecision(&tracking, 5, .point(azimuthDegrees: 10, elevationDegrees: 30))
        #expect(tracking.problems(now: time(5)).isEmpty)
    }

    @Test(arguments: [TrackingMode.manual, .park])
    func `a move that is interrupted is over`(mode: TrackingMode) throws {
        var tracking = try tracking(.manual)
        tracking.choose(mode)
        tracking.aim(at: .direction(azimuthDegrees: 90, elevationDegrees: 30))
        #expect(tracking.decide(now: time(1)).command != nil)
        tracking.bar("eva has it")
        expectDecision(&tracking, 2, .stop)
        #expect(tracking.problems(now: time(3)).map(\.detail) == ["eva has it"])
        tracking.bar(nil)
        expectDecision(&tracking, 4, nil)
        #expect(tracking.problems(now: time(4)).isEmpty)
    }

    @Test func `a rotor at rest is not stopped, and an interrupted one is, also when it was lost`()
        throws
    {
        var resting = try tracking(.manual)
        resting.bar("eva has it")
        expectDecision(&resting, 1, nil)
        #expect(resting.problems(now: time(1)).isEmpty)
        var lost = try tracking(.track)
        lost.aim(at: .direction(azimuthDegrees: 90, elevationDegrees: 30))
        #expect(lost.decide(now: time(1)).command != nil)
        lost.driverChanged(problem: "the reply timed out")
        lost.bar("eva has it")
        expectDecision(&lost, 2, .stop)
        lost.refused("timed out", isStop: true, now: time(2))
        expectDecision(&lost, 20, nil)
        lost.driverChanged(problem: nil)
        expectDecision(&lost, 21, .stop)
        expectDecision(&lost, 22, nil)
    }

    @Test func `where it is turned to is known from the command until it is there`() throws {
        var tracking = try tracking(.manual)
        #expect(tracking.legs.last == nil)
        tracking.rotorReported(
            RotorPosition(azimuthDegrees: 350, elevationDegrees: 0), now: time(0))
        tracking.aim(at: .direction(azimuthDegrees: 12, elevationDegrees: 30))
        #expect(tracking.legs.last == nil, "nothing was sent yet")
        expectDecision(&tracking, 1, .point(azimuthDegrees: 372, elevationDegrees: 30))
        let aim = RotorPosition(azimuthDegrees: 372, elevationDegrees: 30)
        #expect(tracking.legs.last == aim, "over the overlap, not back to 12")
        tracking.rotorReported(
            RotorPosition(azimuthDegrees: 371.1, elevationDegrees: 28), now: time(4))
        #expect(tracking.legs.last == aim)
        tracking.rotorReported(
            RotorPosition(azimuthDegrees: 371.1, elevationDegrees: 29.5), now: time(5))
        #expect(tracking.legs.last == nil, "within the dead band")
        tracking.rotorReported(
            RotorPosition(azimuthDegrees: 368, elevationDegrees: 29.5), now: time(6))
        #expect(tracking.legs.last == nil, "the wind turns it, and nobody else does")
    }

    @Test func `a rotor that was stopped, refused, barred or lost is turned to nowhere`() throws {
        var going = try tracking(.manual)
        going.aim(at: .direction(azimuthDegrees: 90, elevationDegrees: 30))
        #expect(going.decide(now: time(1)).command != nil)
        #expect(going.legs.last != nil)
        let ends: [(inout RotorTracking) -> Void] = [
            { $0.choose(.stop) }, { $0.bar("eva has it") },
            { $0.refused("rejected", isStop: false, now: Instant.start) },
            { $0.driverChanged(problem: "the reply timed out") },
        ]
        for end in ends {
            var tracking = going
            end(&tracking)
            #expect(tracking.legs.last == nil)
        }
    }
}
