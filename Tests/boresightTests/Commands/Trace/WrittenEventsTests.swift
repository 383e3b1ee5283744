import Testing

@testable import boresight

@Suite struct WrittenEventsTests {
    @Test(arguments: [("0", 0...0), ("484", 484...484), ("484-490", 484...490), ("5-5", 5...5)])
    func `events are a number or two`(text: String, range: ClosedRange<Int64>) throws {
        #expect(try WrittenEvents(text: text).range == range)
    }

    @Test(arguments: ["", "-", "5-", "-5", "5-4", "1-2-3", "a", "99999999999999999999"])
    func `anything else is refused`(text: String) {
        #expect(throws: TextValueProblem.self) { try WrittenEvents(text: text) }
    }
}
