import Engine
import JSON
import Recording
import Testing

@Suite struct OutputComparisonTests {
    private func output(
        _ stream: String, _ milliseconds: Int64, _ content: JSONValue
    ) -> RecordedOutput {
        var json: JSONObject = [
            "out": .integer(1), "event": .integer(1), "at": .integer(milliseconds * 1_000_000),
            "stream": .string(stream),
        ]
        for member in content.objectValue?.members ?? [] { json[member.key] = member.value }
        return RecordedEntry.read([JSONValue.object(json).bytes()]).flatMap(RecordedOutput.outputs)[
            0]
    }

    private func compare(
        _ expected: [RecordedOutput], _ actual: [RecordedOutput],
        _ rules: MatchRules = .standard
    ) -> [OutputDifference] {
        OutputComparison(rules: rules).differences(expected: expected, actual: actual)
    }

    private func send(_ milliseconds: Int64, _ line: String) -> RecordedOutput {
        output("rotctld/1", milliseconds, ["send": .string(line)])
    }

    @Test func `equal outputs do not differ, whatever the order between streams`() {
        let one = send(1, "+\\get_pos\n")
        let other = output("http/3", 1, ["status": .integer(200)])
        #expect(compare([one, other], [other, one]).isEmpty)
    }

    @Test func `the order within a stream counts`() {
        let differences = compare(
            [send(1, "S\n"), send(1, "K\n")], [send(1, "K\n"), send(1, "S\n")])
        #expect(differences.count == 2)
    }

    @Test func `an angle may differ by a tenth of a degree and no more`() {
        let then = send(1, "+\\set_pos 120.00 20.00\n")
        #expect(compare([then], [send(1, "+\\set_pos 120.09 20.00\n")]).isEmpty)
        let differences = compare([then], [send(1, "+\\set_pos 120.20 20.00\n")])
        #expect(differences.map(\.kind) == [.changed])
        #expect(differences.first?.values.first?.reason == "off by 0.2, allowed 0.1 degree")
    }

    @Test func `a missing and an extra output are named`() {
        let differences = compare(
            [send(1, "+\\set_pos 1.00 2.00\n"), send(2000, "S\n")],
            [send(1, "+\\set_pos 1.00 2.00\n"), send(9000, "K\n")])
        #expect(differences.map(\.kind) == [.missing, .extra])
        #expect(differences.first?.expected?.at == Instant(nanoseconds: 2_000_000_000))
    }

    @Test func `one missing output does not shift those after it`() {
        let lines = (0..<50).map { send(Int64($0) * 100, "+\\set_pos \($0).00 0.00\n") }
        var fewer = lines
        fewer.remove(at: 20)
        let differences = compare(lines, fewer)
        #expect(differences.map(\.kind) == [.missing])
        #expect(differences.first?.expected == lines[20])
    }

    @Test func `a body is compared as JSON, and the path of a difference is told`() {
        let then = output(
            "http/3", 1,
            ["status": .integer(201), "body": .string(#"{"name":"mast","deadband":1}"#)])
        let now = output(
            "http/3", 1,
            ["status": .integer(201), "body": .string(#"{"name":"mast","deadband":2}"#)])
        let differences = compare([then], [now])
        #expect(differences.first?.values.map(\.path) == ["http/3:body.deadband"])
        var rules = MatchRules.standard
        rules.ignored.append(WildcardPattern("http/*:body.deadband"))
        #expect(compare([then], [now], rules).isEmpty)
    }

    @Test func `a key that is gone and one that is new both show`() {
        let then = output("ws/4", 1, ["to": .array([.integer(4)]), "frame": .string(#"{"a":1}"#)])
        let now = output("ws/4", 1, ["to": .array([.integer(4)]), "frame": .string(#"{"b":1}"#)])
        #expect(
            compare([then], [now]).first?.values.map(\.path) == ["ws/4:frame.a", "ws/4:frame.b"])
    }

    @Test func `one frame to two sockets is an output of each`() {
        let both = RecordedEntry.read([
            Array(#"{"out":1,"event":1,"at":1,"stream":"ws/4,5","to":[4,5],"frame":"x"}"#.utf8)
        ]).flatMap(RecordedOutput.outputs)
        #expect(both.map(\.stream) == ["ws/4", "ws/5"])
    }

    @Test func `an output may come fifty milliseconds later and no more`() {
        #expect(compare([send(100, "S\n")], [send(150, "S\n")]).isEmpty)
        #expect(compare([send(100, "S\n")], [send(151, "S\n")]).map(\.kind) == [.moved])
    }

    @Test func `times in texts may differ as much`() {
        func frame(_ time: String) -> RecordedOutput {
            output(
                "ws/4", 1, ["to": .array([.integer(4)]), "frame": .string(#"{"time":"\#(time)"}"#)])
        }
        let then = frame("2026-11-21T07:00:00.000Z")
        #expect(compare([then], [frame("2026-11-21T07:00:00.050Z")]).isEmpty)
        #expect(!compare([then], [frame("2026-11-21T07:00:00.051Z")]).isEmpty)
    }

    @Test(arguments: [
        ("*", "anything", true), ("http/*:body.*", "http/3:body.a.b", true),
        ("http/*:body", "http/3:body.a", false), ("*azimuth", "ws/4:frame.azimuth", true),
        ("a*b*c", "aXbYc", true), ("a*b*c", "acb", false), ("", "", true), ("", "a", false),
        ("**", "", true),
    ])
    func `a star stands for any text`(pattern: String, path: String, matches: Bool) {
        #expect(WildcardPattern(pattern).matches(path) == matches)
    }
}
