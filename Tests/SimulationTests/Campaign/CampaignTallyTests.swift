import Simulation
import Testing

@Suite struct CampaignTallyTests {
    private func run(
        _ seed: UInt64, events: UInt64 = 10, _ signature: String? = nil,
        sometimes: [String: Bool] = [:]
    ) -> CampaignRun {
        CampaignRun(
            seed: seed, events: events, signature: signature, detail: "", sometimes: sometimes)
    }

    @Test func `failures are grouped, and the shortest of each is kept`() {
        var tally = CampaignTally()
        for seed in 1...20 as ClosedRange<UInt64> {
            tally.add(run(seed, events: 100 - seed, seed.isMultiple(of: 2) ? "b" : nil))
        }
        tally.add(run(21, events: 50, "a"))
        #expect(tally.runs == 21)
        #expect(tally.failures.map(\.signature) == ["a", "b"])
        #expect(tally.failures[1].count == 10)
        #expect(tally.failures[1].seeds == [2, 4, 6, 8, 10])
        #expect(tally.failures[1].shortest.seed == 20)
    }

    @Test func `what should sometimes happen and never did is told`() {
        var tally = CampaignTally()
        tally.add(run(1, sometimes: ["sometimes moving": true, "sometimes fault": false]))
        tally.add(run(2, sometimes: ["sometimes moving": false, "sometimes fault": false]))
        #expect(tally.neverHappened == ["sometimes fault"])
    }
}
