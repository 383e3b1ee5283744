@testable import Simulation
import Testing

@Suite struct ConditionTests {
    private func values(_ pairs: [(Measure, Double)]) -> Measurements {
        var values = Measurements()
        for (measure, value) in pairs { values[measure] = value }
        return values
    }

    @Test(arguments: [
        ("moving", true), ("!moving", false), ("! moving", false), ("travel", true),
        ("!aims", true), ("aims", false),
        ("travel < 30.5", true), ("travel<30", false), ("travel <= 30", true),
        ("travel > 29", true), ("travel >= 30", true), ("travel > 30", false),
        ("travel = 30", true), ("travel = 31", false), ("elevation < -1", true),
        ("moving and travel > 20", true), ("moving and travel > 40", false),
        ("!moving and travel > 20", false), ("moving and !aims and elevation >= -2", true),
    ])
    func `a condition compares what is measured`(_ text: String, _ holds: Bool) throws {
        let values = values([(.moving, 1), (.travel, 30), (.aims, 0), (.elevation, -2)])
        #expect(try Condition(text).holds(in: values) == holds)
    }

    @Test func `what cannot be known is neither true nor false`() throws {
        let values = values([(.moving, 0)])
        #expect(try Condition("pointing_error < 5").holds(in: values) == nil)
        #expect(try Condition("moving and pointing_error < 5").holds(in: values) == nil)
    }

    @Test(arguments: [
        ("", "there is no measure ''"), ("movin", "there is no measure 'movin'"),
        ("travel <", "compares with no number"), ("travel < x", "compares with no number"),
        ("travel < inf", "compares with no number"), ("travel < nan", "compares with no number"),
        ("moving and", "there is no measure"), ("moving and  and moving", "there is no measure"),
        ("5 < travel", "compares with no number"), ("!!moving", "there is no measure '!moving'"),
        ("moving or aims", "there is no measure"),
    ])
    func `what is no condition is refused`(_ text: String, _ says: String) {
        do throws(ConditionProblem) {
            _ = try Condition(text)
            Issue.record("'\(text)' was taken")
        } catch {
            #expect(error.message.contains(says), "\(error.message)")
        }
    }

    @Test func `every measure has a name that conditions know`() throws {
        for measure in Measure.allCases {
            #expect(try Condition(measure.rawValue).terms.map(\.measure) == [measure])
        }
    }

    @Test func `the values are shown for a report`() throws {
        let values = values([(.travel, 30.12345)])
        #expect(
            try Condition("travel < 5 and moving").shown(in: values)
                == "travel = 30.123, moving = unknown")
    }
}
