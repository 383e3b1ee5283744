import Engine
import Simulation
import Testing

/// The shrinker with oracles instead of simulations: what is left is what the oracle needs.
@Suite struct ShrinkerTests {
    private func scenario(faults count: Int) throws -> Scenario {
        var scenario = Scenario()
        scenario.duration = .seconds(1000)
        scenario.heal = .seconds(900)
        scenario.schedule = .random
        scenario.phones = [PhoneTrip(), PhoneTrip()]
        scenario.phones[0].name = "first"
        scenario.phones[1].name = "second"
        scenario.faults = (0..<count).map {
            Fault(
                FaultKind.allCases[$0 % FaultKind.allCases.count], at: .seconds(20 + $0 * 5),
                lasts: .seconds(8))
        }
        scenario.expectations = [
            Expectation(.never, try Condition("server_errors > 0")),
            Expectation(.always, try Condition("tracking")),
        ]
        return scenario
    }

    @Test func `only the faults that are needed stay`() throws {
        let needed: Set<FaultKind> = [.gpsJump, .stationCrash]
        var shrinker = Shrinker(try scenario(faults: 60)) { candidate in
            needed.isSubset(of: candidate.faults.map(\.kind))
        }
        shrinker.shrink(signature: "always tracking", failedAt: .seconds(400))
        #expect(Set(shrinker.smallest.faults.map(\.kind)) == needed)
        #expect(shrinker.smallest.faults.count == 2)
        #expect(shrinker.smallest.expectations.map(\.name) == ["always tracking"])
        #expect(shrinker.smallest.phones.map(\.name) == ["first"])
        #expect(shrinker.smallest.schedule == .arrival)
        #expect(shrinker.smallest.duration <= .seconds(401))
    }

    @Test func `nothing is taken over that does not fail`() throws {
        let original = try scenario(faults: 10)
        var shrinker = Shrinker(original) { _ in false }
        shrinker.shrink(signature: "always tracking", failedAt: .seconds(400))
        #expect(shrinker.smallest == original)
    }

    @Test func `attempts are bounded`() throws {
        var shrinker = Shrinker(try scenario(faults: 500), mostAttempts: 37) { candidate in
            candidate.faults.count > 200
        }
        shrinker.shrink(signature: "always tracking", failedAt: .seconds(1000))
        #expect(shrinker.attempts <= 37)
    }

    @Test func `a fault never outlasts the heal`() throws {
        var shrinker = Shrinker(try scenario(faults: 12)) { !$0.faults.isEmpty }
        shrinker.shrink(signature: "always tracking", failedAt: .seconds(24))
        let heal = try #require(shrinker.smallest.heal)
        #expect(shrinker.smallest.faults.allSatisfy { $0.end <= heal })
    }
}
