import Testing

@testable import Simulation

@Suite struct TranscriptLineTests {
    private func read(_ text: String) throws(ImportProblem) -> [TranscriptLine] {
        try TranscriptLine.read(Array(text.utf8), ImportLimits())
    }

    @Test func `time, direction and data of each line are read`() throws {
        let lines = try read(
            """
            {"t": 0.5, "dir": "!", "data": "connected"}
            {"t": 1.25, "conn": 1, "dir": ">", "data": "p\\n"}

            {"t": 1.25, "dir": "<", "data": "0.00\\n0.00\\n"}
            """)
        #expect(lines.map(\.at) == [.milliseconds(500), .milliseconds(1250), .milliseconds(1250)])
        #expect(lines.map(\.direction) == [.event, .toDevice, .fromDevice])
        #expect(lines[2].bytes == Array("0.00\n0.00\n".utf8))
        #expect(lines[2].number == 4)
    }

    @Test(arguments: [
        ("connected 127.0.0.1:4621", true, false), ("EOF from server", false, true),
        ("connect failed: [Errno 111] Connection refused", false, false),
        ("closed by client", false, false),
    ])
    func `events tell whether the other side is there`(
        data: String, isBeginning: Bool, isEnd: Bool
    ) throws {
        let line = try #require(
            try read(#"{"t":0,"dir":"!","data":"\#(data)"}"#).first)
        #expect(line.isBeginning == isBeginning)
        #expect(line.isEnd == isEnd)
    }

    @Test(arguments: [
        #"{"t": 1e9, "dir": "<", "data": ""}"#, #"{"t": -0.1, "dir": "<", "data": ""}"#,
        #"{"t": 0, "dir": "?", "data": ""}"#, #"{"dir": "<", "data": ""}"#, "[]", "p",
    ])
    func `another shape is a problem of its line`(text: String) {
        #expect {
            try read(#"{"t": 0, "dir": "<", "data": ""}"# + "\n" + text)
        } throws: { error in
            guard case .badLine(2, _)? = error as? ImportProblem else { return false }
            return true
        }
    }

    @Test func `time does not go back`() {
        #expect(throws: ImportProblem.badLine(line: 2, "time goes back")) {
            try read(
                """
                {"t": 2, "dir": "<", "data": ""}
                {"t": 1, "dir": "<", "data": ""}
                """)
        }
    }

    @Test func `a line over the bound is refused`() {
        var limits = ImportLimits()
        limits.lineBytes = 20
        #expect(throws: ImportProblem.lineTooLong(line: 1, limit: 20)) {
            try TranscriptLine.read(Array(#"{"t": 0, "dir": "<", "data": ""}"#.utf8), limits)
        }
    }
}
