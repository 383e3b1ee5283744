import Drivers
import Engine
import Testing

/// Replays what real gpsds sent, at the recorded times.
@Suite struct GpsdFixtureTests {
    private func replay(
        _ name: String, connecting: @escaping @Sendable (Instant) -> LinkEvent = { _ in .connected }
    ) throws -> GpsdSessionBench {
        var bench = GpsdSessionBench()
        bench.connecting = connecting
        bench.replay(try Transcript("gpsd/" + name))
        return bench
    }

    /// Every epoch is shown once, in order, at most 0.3 s after its first report.
    private func expectOnePerSecond(_ bench: GpsdSessionBench) {
        let times = bench.fixes.compactMap(\.deviceUnixSeconds)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= 1 }, "\(times)")
        for (fix, time) in zip(bench.fixes, bench.fixTimes) {
            #expect(fix.receivedAt.duration(to: time) <= .milliseconds(300))
        }
    }

    @Test func `a station that stands still has one 3D fix a second`() throws {
        let bench = try replay("still-3.22")
        #expect(bench.states.map(\.condition) == [.connecting, .ready])
        #expect(bench.fixes.count >= 20)
        #expect(bench.fixes.allSatisfy { $0.mode == .threeDimensional })
        for fix in bench.fixes {
            let position = try #require(fix.position)
            #expect(abs(position.latitudeDegrees - 51.999) < 1e-5)
            #expect(abs(position.longitudeDegrees - 4.372) < 1e-5)
            let altitude = try #require(position.altitudeMeters)
            #expect(abs(altitude - 46) < 2)
        }
        expectOnePerSecond(bench)
    }

    @Test func `a vehicle's track and speed are followed through its turn`() throws {
        let bench = try replay("vehicle-3.25")
        expectOnePerSecond(bench)
        #expect(bench.fixes.count >= 40)
        let speeds = bench.fixes.compactMap(\.speedMetersPerSecond)
        #expect(abs((speeds.max() ?? 0) - 15) < 0.1)
        let last = try #require(bench.fixes.last?.trackDegrees)
        #expect(abs(last - 30) < 1)
        #expect(bench.fixes.last?.satellitesUsed == 6)
        #expect(bench.fixes.last?.satellitesVisible == 8)
    }

    @Test(arguments: ["coldstart-3.22", "coldstart-3.25"])
    func `a cold start is ready without a fix, and its first rough fix is withheld`(
        name: String
    ) throws {
        let bench = try replay(name)
        #expect(bench.states.map(\.condition) == [.connecting, .ready])
        let firstGood = try #require(bench.fixes.firstIndex { $0.mode > .none })
        #expect(firstGood >= 8)
        #expect(bench.fixes[..<firstGood].allSatisfy { $0.position == nil })
        #expect(bench.fixes[firstGood...].allSatisfy { $0.mode == .threeDimensional })
        #expect(
            bench.fixes.allSatisfy { $0.position == nil || $0.horizontalErrorMeters ?? 0 < 500 })
    }

    @Test(arguments: ["lossregain-3.22", "lossregain-3.25"])
    func `losing the fix is a state of the fix and not of the driver`(name: String) throws {
        let bench = try replay(name)
        #expect(bench.states.map(\.condition) == [.connecting, .ready])
        let modes = bench.fixes.map(\.mode)
        let lost = try #require(modes.firstIndex(of: .none))
        let regained = try #require(modes[lost...].firstIndex { $0 > .none })
        #expect((7...10).contains(regained - lost))
        #expect(modes[regained...].allSatisfy { $0 > .none })
        expectOnePerSecond(bench)
    }

    @Test(arguments: ["dirty-3.22", "dirty-3.25"])
    func `damaged sentences never move the station, nor its clock`(name: String) throws {
        let bench = try replay(name)
        #expect(bench.states.map(\.condition) == [.connecting, .ready])
        #expect(bench.fixes.count >= 20)
        for fix in bench.fixes {
            if let position = fix.position {
                #expect(abs(position.latitudeDegrees - 51.999) < 1e-4)
                #expect(abs(position.longitudeDegrees - 4.372) < 1e-4)
            }
            let time = try #require(fix.deviceUnixSeconds)
            #expect((1_795_176_000...1_795_176_030).contains(time), "\(time)")
        }
        let times = bench.fixes.compactMap(\.deviceUnixSeconds)
        #expect(times == times.sorted())
    }

    // 3.25 did not tell its client of the first removal.
    @Test(arguments: [
        ("device-removed-3.22", DriverState.Condition.failed(.noReceiver)),
        ("device-removed-3.25", .failed(.silent)),
    ])
    func `an unplugged receiver is noticed before gpsd is told, and found again`(
        name: String, removed: DriverState.Condition
    ) throws {
        let bench = try replay(name)
        #expect(
            bench.states.map(\.condition) == [
                .connecting, .ready, .degraded(.stale), removed, .ready, .failed(.noReceiver),
                .failed(.link(.ended)),
            ])
    }

    @Test func `a gpsd that was killed is found again when it is back`() throws {
        let bench = try replay("restart-3.22") { now in
            let second = Instant.start.duration(to: now)
            return second > .milliseconds(6800) && second < .milliseconds(10_300)
                ? .closed(.refused) : .connected
        }
        #expect(
            bench.states.map(\.condition) == [
                .connecting, .ready, .failed(.link(.ended)), .failed(.link(.refused)), .ready,
            ])
        let lastTime = try #require(bench.fixes.last?.receivedAt.nanoseconds)
        #expect(lastTime > 15_000_000_000)
    }
}
