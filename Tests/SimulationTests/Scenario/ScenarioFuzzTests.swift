import Engine
import JSON
import Simulation
import TestSupport
import Testing

@Suite(.quiet) struct ScenarioFuzzTests {
    /// Bytes that JSON5 gives a meaning, so that damage goes deep.
    private static let telling = Array("{}[]:,\"'\\/*-+.0123456789eEnNiI \n\u{0}é".utf8)

    @Test(arguments: ScenarioFolder.names)
    func `a damaged file is read or refused, and never more than that`(_ name: String) throws {
        let bytes = try ScenarioFolder.bytes(name)
        var random = SeededRandom(seed: 11, purpose: "fuzz/" + name)
        var refused = 0
        for _ in 0..<150 {
            var damaged = bytes
            for _ in 0..<(1 + Int(random.unit() * 4)) {
                guard !damaged.isEmpty else { break }
                let index = Int(random.unit() * Double(damaged.count))
                let byte = Self.telling[Int(random.unit() * Double(Self.telling.count))]
                switch Int(random.unit() * 4) {
                case 0: damaged[index] = byte
                case 1: damaged.insert(byte, at: index)
                case 2: damaged.remove(at: index)
                default: damaged.removeSubrange(index...)
                }
            }
            do throws(ScenarioError) {
                let scenario = try Scenario.drawn(
                    try ScenarioText.tree(damaged), overrides: [], seed: 1)
                #expect(try WrittenScenario.read(scenario.text) == scenario)
            } catch {
                refused += 1
                let place = try #require(error.place, "\(error)")
                #expect(place.line >= 1 && place.column >= 1)
            }
        }
        #expect(refused > 50)
    }
}
