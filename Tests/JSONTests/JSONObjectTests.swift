import JSON
import Testing

@Suite struct JSONObjectTests {
    @Test func `members keep their order through changes, in small and large objects`() {
        for count in [3, 15, 16, 17, 100] {
            var object = JSONObject()
            for index in 0..<count { object["k\(index)"] = .integer(Int64(index)) }
            object["k1"] = .bool(true)
            object["k0"] = nil
            object["new"] = .null
            let keys = (1..<count).map { "k\($0)" } + ["new"]
            #expect(object.members.map(\.key) == keys)
            #expect(object["k1"] == .bool(true))
            #expect(object["k0"] == nil)
            #expect(object["k\(count - 1)"] != nil)
        }
    }

    @Test func `fields say what they must be`() throws {
        let object: JSONObject = [
            "text": .string("a"), "number": .number(1.5), "whole": .integer(3), "none": .null,
        ]
        #expect(try object.optionalString("text") == "a")
        #expect(try object.optionalString("none") == nil)
        #expect(try object.optionalString("missing") == nil)
        #expect(try object.optionalDouble("whole") == 3)
        #expect(try object.optionalInteger("whole") == 3)
        let error = try #require(throws: JSONFieldError.self) {
            try object.optionalInteger("number")
        }
        #expect(error.description == #""number" must be a whole number"#)
        #expect(throws: JSONFieldError.self) { try object.optionalString("number") }
    }
}
