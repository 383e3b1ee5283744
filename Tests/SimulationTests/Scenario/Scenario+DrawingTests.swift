import JSON
import Simulation
import TestSupport
import Testing

@Suite(.quiet) struct ScenarioDrawingTests {
    private func tree(_ text: String) throws -> JSON5Node {
        try ScenarioText.tree(Array(text.utf8))
    }

    private static let chaos = """
        {
          duration: "3h", heal: "2h",
          phones: { a: { position: [52, 13] }, b: { position: [52, 13] } },
          rooms: { QUIP: { title: "A lobby", steps: [{ room: { state: "Lobby" } }] } },
          chaos: {
            faults: ["gps.*", "rotor.*", "link.*", "phone.*", "station.*", "rooms.*", "hook.*"],
            per_hour: 120, shortest: "2s", longest: "5m", from: "30s",
          },
        }
        """

    @Test func `a seed draws the same each time, another seed another`() throws {
        let tree = try tree(Self.chaos)
        let one = try Scenario.drawn(tree, overrides: [], seed: 4)
        #expect(one == (try Scenario.drawn(tree, overrides: [], seed: 4)))
        #expect(one.faults != (try Scenario.drawn(tree, overrides: [], seed: 5)).faults)
        #expect(one.chaos == nil)
        #expect(one.seed == 4)
    }

    @Test(arguments: UInt64(1)...30)
    func `what is drawn keeps within what was asked for`(_ seed: UInt64) throws {
        let scenario = try Scenario.drawn(try tree(Self.chaos), overrides: [], seed: seed)
        // Twelve hours' worth at this rate would be 1440; two hours come to about 240.
        #expect((150...350).contains(scenario.faults.count))
        #expect(scenario.faults.allSatisfy { $0.at >= .seconds(30) && $0.end <= .seconds(7200) })
        #expect(scenario.faults.map(\.at) == scenario.faults.map(\.at).sorted())
        for fault in scenario.faults {
            #expect((fault.phone != nil) == fault.kind.isOfPhone)
            #expect((fault.amount != nil) == (fault.kind.amounts != nil))
            if let amount = fault.amount, let amounts = fault.kind.amounts {
                #expect(amounts.contains(amount), "\(fault)")
            }
        }
        // A drawn scenario is one that could have been written.
        #expect(try WrittenScenario.read(scenario.text) == scenario)
    }

    @Test func `seeds leave out different kinds, and over many all come`() throws {
        let tree = try tree(Self.chaos)
        var all: Set<FaultKind> = []
        var steps: [Double] = []
        for seed: UInt64 in 1...20 {
            let faults = try Scenario.drawn(tree, overrides: [], seed: seed).faults
            let kinds = Set(faults.map(\.kind))
            #expect(kinds.count < FaultKind.allCases.count)
            all.formUnion(kinds)
            steps += faults.filter { $0.kind == .clockStep }.compactMap(\.amount)
        }
        #expect(all == Set(FaultKind.allCases))
        #expect(steps.contains { $0 < 0 } && steps.contains { $0 > 0 }, "clocks go both ways")
    }

    @Test func `variations are drawn between their ends, and the command line wins`() throws {
        let tree = try tree(
            """
            {
              phones: { a: { position: [52, 13] } },
              vary: { "rotor.rate": [2, 4], "phones.a.delay": ["10ms", "20ms"] },
            }
            """)
        var rates: Set<Double> = []
        for seed: UInt64 in 1...20 {
            let scenario = try Scenario.drawn(tree, overrides: [], seed: seed)
            rates.insert(scenario.rotor.rateDegreesPerSecond)
            #expect((2...4).contains(scenario.rotor.rateDegreesPerSecond))
            let delay = try #require(scenario.phones.first?.delay)
            #expect((.milliseconds(10) ... .milliseconds(20)).contains(delay))
            #expect(scenario.vary.isEmpty)
        }
        #expect(rates.count > 15)
        let fixed = try Scenario.drawn(tree, overrides: [("rotor.rate", "9")], seed: 1)
        #expect(fixed.rotor.rateDegreesPerSecond == 9)
    }
}
