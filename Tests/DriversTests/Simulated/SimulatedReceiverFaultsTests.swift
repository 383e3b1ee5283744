import Drivers
import Engine
import TestSupport
import Testing

/// Each fault as the driver sees it: what it says of the receiver, and which fixes it shows.
@Suite(.runsTwice, .quiet) struct SimulatedReceiverFaultsTests {
    private func times(_ bench: SimulatedReceiverBench) -> [Double] {
        bench.fixes.compactMap(\.deviceUnixSeconds).map { $0 - 1_795_176_000 }
    }

    /// The fixes of ten seconds on the way north, with a fault from the fifth second on.
    private func walk(_ change: (inout SimulatedReceiverFaults) -> Void) throws
        -> SimulatedReceiverBench
    {
        let bench = try SimulatedReceiverBench(SimulatedReceiverBench.north)
        bench.settle()
        bench.fail(change)
        bench.pass(.seconds(10))
        return bench
    }

    @Test func `a receiver without faults has a fix a second, each further north`() throws {
        let bench = try walk { _ in }
        #expect(times(bench) == (6...15).map(Double.init))
        for (meters, second) in zip(bench.metersNorth, 6...) {
            #expect(abs(meters - Double(second * 10)) < 0.1)
        }
        #expect(bench.conditions == [])
    }

    @Test func `a silent receiver is stale, then gone, while gpsd goes on answering`() throws {
        let bench = try walk { $0.silent = true }
        bench.pass(.seconds(120))
        #expect(bench.conditions == [.degraded(.stale), .failed(.silent)])
        #expect(bench.fixes == [])
        bench.mend()
        bench.pass(.milliseconds(1500))
        #expect(bench.conditions.last == .ready)
        #expect(times(bench).first == 136)
    }

    @Test func `a removed receiver is gone at once, and ready when it is given back`() throws {
        let bench = try walk { $0.removed = true }
        bench.pass(.seconds(120))
        #expect(bench.conditions == [.failed(.noReceiver)])
        bench.mend()
        bench.pass(.milliseconds(1500))
        #expect(bench.conditions == [.failed(.noReceiver), .ready])
    }

    @Test func `a receiver that is removed while nobody listens is missing at the next greeting`()
        throws
    {
        let bench = try walk { $0.disconnected = true }
        bench.fail { ($0.disconnected, $0.removed) = (true, true) }
        bench.pass(.seconds(2))
        bench.fail { $0.removed = true }
        bench.pass(.seconds(7))
        #expect(bench.conditions.last == .failed(.noReceiver))
        bench.mend()
        bench.pass(.milliseconds(1500))
        #expect(bench.conditions.last == .ready)
    }

    @Test func `a receiver without a fix is ready, and says that it knows nothing`() throws {
        let bench = try walk { $0.withoutFix = true }
        #expect(bench.fixes.count == 10)
        #expect(
            bench.fixes.allSatisfy {
                $0.mode == .none && $0.position == nil && $0.satellitesUsed == 0
            })
        #expect(bench.conditions == [])
    }

    @Test func `a jump displaces every position until it ends`() throws {
        let bench = try SimulatedReceiverBench()
        bench.settle()
        bench.fail { $0.jumpMeters = .init(north: 300, east: -400) }
        bench.pass(.seconds(3))
        let jumped = bench.fixes.compactMap(\.position)
        #expect(jumped.count == 3)
        for position in jumped {
            #expect(abs((position.latitudeDegrees - 52) * 111_195 - 300) < 0.1)
            let east = (position.longitudeDegrees - 4.36) * 111_195 * 0.615661
            #expect(abs(east + 400) < 0.1)
        }
        bench.mend()
        bench.pass(.seconds(1))
        #expect(bench.fixes.last?.position == SimulatedReceiverBench.home)
    }

    @Test func `a stuck receiver shows nothing new, and its clock is believed again afterwards`()
        throws
    {
        let bench = try walk { $0.stale = true }
        bench.pass(.seconds(30))
        #expect(bench.fixes == [])
        bench.mend()
        bench.pass(.seconds(5))
        // Two reports are needed to believe the step of the clock, the third is shown.
        #expect(times(bench) == [48, 49, 50])
        #expect(abs((bench.metersNorth.last ?? 0) - 500) < 0.1)
    }

    @Test func `what comes twice is shown once`() throws {
        let healthy = try walk { _ in }
        let bench = try walk { $0.duplicated = true }
        #expect(bench.fixes == healthy.fixes)
    }

    @Test func `what comes in the wrong order is neither lost nor taken for a fault`() throws {
        let bench = try walk { $0.reordered = true }
        #expect(times(bench) == [7, 6, 9, 8, 11, 10, 13, 12, 15, 14])
        for (meters, time) in zip(bench.metersNorth, times(bench)) {
            #expect(abs(meters - time * 10) < 0.1)
        }
        bench.mend()
        bench.pass(.seconds(2))
        #expect(times(bench).suffix(2) == [16, 17])
        #expect(bench.conditions == [])
    }

    @Test func `a bad checksum costs the epoch its position, and for long the receiver`() throws {
        let bench = try SimulatedReceiverBench(SimulatedReceiverBench.north)
        bench.settle()
        bench.fail { $0.badChecksum = true }
        bench.pass(.seconds(1))
        bench.mend()
        bench.pass(.seconds(2))
        #expect(times(bench) == [7, 8])
        #expect(bench.conditions == [])
        bench.fail { $0.badChecksum = true }
        bench.pass(.seconds(20))
        #expect(bench.conditions == [.degraded(.stale), .failed(.silent)])
    }

    @Test func `damaged lines never move the station, and each good one is read`() throws {
        let bench = try SimulatedReceiverBench()
        bench.settle()
        for _ in 0..<600 {
            bench.fail { $0.garbled = true }
            bench.pass(.seconds(1))
            bench.driver.forget()
            bench.mend()
            bench.pass(.seconds(1))
            #expect(bench.fixes.last?.position == SimulatedReceiverBench.home)
            #expect(bench.conditions == [])
        }
    }

    @Test func `nothing but damaged lines is no fix, and no reason to give gpsd up`() throws {
        let bench = try SimulatedReceiverBench()
        bench.settle()
        bench.fail { $0.garbled = true }
        bench.pass(.seconds(600))
        for position in bench.fixes.compactMap(\.position) {
            // What is cut off may be the height.
            #expect(position.latitudeDegrees == SimulatedReceiverBench.home.latitudeDegrees)
            #expect(position.longitudeDegrees == SimulatedReceiverBench.home.longitudeDegrees)
        }
        #expect(bench.fixes.count < 200)
        let known: [DriverState.Condition] = [.ready, .degraded(.stale), .failed(.silent)]
        #expect(bench.conditions.allSatisfy(known.contains))
        #expect(bench.conditions.first == .degraded(.stale))
        bench.mend()
        bench.pass(.seconds(5))
        #expect(bench.conditions.last == .ready)
        #expect(bench.fixes.last?.position == SimulatedReceiverBench.home)
    }

    @Test func `a clock that is 1024 weeks back is believed when it stays so`() throws {
        let bench = try walk { $0.weekRollover = true }
        #expect(times(bench) == (8...15).map { Double($0) - 1024 * 604_800 })
        #expect(abs((bench.metersNorth.last ?? 0) - 150) < 0.1)
        #expect(bench.conditions == [])
    }

    @Test func `a leap second gives one time twice, and the position goes on`() throws {
        let bench = try walk { $0.leapSecond = true }
        #expect(times(bench) == (5...14).map(Double.init))
        #expect(bench.metersNorth == bench.metersNorth.sorted())
        #expect(abs((bench.metersNorth.first ?? 0) - 60) < 0.1)
        #expect(bench.conditions == [])
    }

    @Test func `with every fault at once the driver stays alive, and recovers`() throws {
        let bench = try walk {
            ($0.duplicated, $0.reordered, $0.garbled, $0.badChecksum) = (true, true, true, true)
            ($0.weekRollover, $0.leapSecond, $0.stale, $0.withoutFix) = (true, true, true, true)
            $0.jumpMeters = .init(north: .infinity, east: .nan)
        }
        bench.fail {
            ($0.duplicated, $0.reordered, $0.leapSecond) = (true, true, true)
            $0.jumpMeters = .init(north: .infinity, east: .nan)
        }
        bench.pass(.seconds(30))
        #expect(bench.metersNorth == [])
        bench.mend()
        bench.pass(.seconds(6))
        #expect(bench.conditions.last == .ready)
        #expect(abs((bench.metersNorth.last ?? 0) - 510) < 0.1)
    }
}
