import FoundationEssentials
import Testing

@testable import JSON

@Suite struct JSON5ReaderTests {
    private func read(_ text: String) throws -> JSON5Node {
        try JSON5Reader.read(Array(text.utf8))
    }

    /// Texts of every feature; Foundation says which are JSON5 and what they mean.
    static let texts = [
        "{}", "[]", "{a: 1}", "{\"a\": 1, 'b': 2,}", "[1, 2,]", "// c\n{a: /* b */ 1} // d",
        "{a: 'x\"y'}", "{a: \"x'y\"}", "{a: '\\t\\n\\\\\\'\\u00e9'}",
        "{a: 0x1F, b: -0x10, c: +5, d: .5, e: 5., f: 1e3, g: -1.5E-2}", "{$a_1: null, é: true}",
        "{a: [{b: [1, {c: 'd'}]}]}", "\u{FEFF}{a: 1}", "{a: '\\ud83d\\ude00'}", "'text'", "true",
        "[\n\n1\n,\n2\n]", "{a: '\u{E9}'}", "{null: 1, true: 2}",
        // Not JSON5:
        "", "{", "{a}", "{a: }", "{a: 1", "{a: 1}}", "{a: 1 b: 2}", "[1 2]", "[,]", "{,}",
        "{a: 1,,}",
        "{a-b: 1}", "{1a: 1}", "{a: b}", "{a: tru}", "{a: 'x}", "{a: 'x\ny'}", "{a: 01}", "{a: 1e}",
        "{a: .}", "{a: +-1}", "{a: 0x}", "{a: 0xG}", "{a: 1.2.3}", "/* never", "{a: 1} /", "nul",
        "{a: '\\u12'}", "{a: '\\ud800'}", "{a: --1}", "[1]x",
    ]

    @Test(arguments: texts)
    func `it reads what Foundation reads, with the same meaning`(text: String) throws {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        let theirs = try? decoder.decode(FoundationJSON5.self, from: Data(text.utf8))
        let ours = try? read(text)
        #expect((ours == nil) == (theirs == nil))
        if let ours, let theirs { #expect(FoundationJSON5(ours) == theirs) }
    }

    /// Foundation keeps the line end of a continued line and knows only ASCII white space.
    @Test func `where Foundation leaves JSON5, JSON5 holds`() throws {
        let continued = try read("'a\\\n b\\\r\nc'")
        #expect(continued.content == .string("a bc"))
        let spaced = FoundationJSON5(try read("{a:\u{A0}1,\u{2028}b:\u{2003}2}"))
        #expect(spaced == .object(["a": .number(1), "b": .number(2)]))
    }

    static let mistakes: [(String, Int, Int, String)] = [
        ("{a: 1,\n  b: @}", 2, 6, "'@' stands where a value should"),
        ("{\r\n a 1}", 2, 4, "'1' stands where ':' after 'a' should"),
        ("{\r\r a: 1,\n a: 2}", 4, 2, "'a' comes twice"),
        ("{a: 1\n b: 2}", 2, 2, "'b' stands where ',' or '}' should"),
        ("{a: yes}", 1, 5, "'yes' is no value; a text needs quotes"),
        ("{a: 'x}", 1, 5, "this text has no closing quote"),
        ("{} {}", 1, 4, "'{' is too much"),
        ("", 1, 1, "the end of the text stands where a value should"),
        ("{\n/* x", 2, 1, "this comment does not end"), ("[1.2.3]", 1, 2, "'1.2.3' is no number"),
        ("{é: 'é', x}", 1, 11, "'}' stands where ':' after 'x' should"),
    ]

    @Test(arguments: mistakes)
    func `a mistake has its place`(text: String, line: Int, column: Int, message: String) {
        #expect(
            throws: JSON5Problem(
                place: TextPlace(line: line, column: column), message: message)
        ) { try read(text) }
    }

    @Test func `every value and name has its place`() throws {
        guard case .object(let members) = try read("{\n  a: [1,\n 'x'],\n}").content,
            let member = members.first, case .array(let elements) = member.value.content
        else {
            Issue.record("not an object with a list")
            return
        }
        #expect(member.place == TextPlace(line: 2, column: 3))
        #expect(member.value.place == TextPlace(line: 2, column: 6))
        #expect(
            elements.map(\.place) == [TextPlace(line: 2, column: 7), TextPlace(line: 3, column: 2)])
    }

    @Test func `the bounds hold`() throws {
        let depth = JSON5Limits().depth
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        _ = try read(nested(depth))
        #expect(throws: JSON5Problem.self) { try read(nested(depth + 1)) }
        let text = "'" + String(repeating: "x", count: 10) + "'"
        _ = try JSON5Reader.read(Array(text.utf8), limits: JSON5Limits(bytes: 12))
        #expect(throws: JSON5Problem.self) {
            try JSON5Reader.read(Array(text.utf8), limits: JSON5Limits(bytes: 11))
        }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: JSON5Problem(place: TextPlace(), message: "the text is not UTF-8")) {
            try JSON5Reader.read([0x7B, 0xFF, 0x7D])
        }
    }

    @Test func `no cut of a text traps`() {
        for text in Self.texts {
            let bytes = Array(text.utf8)
            for length in 0..<bytes.count { _ = try? JSON5Reader.read(Array(bytes[..<length])) }
        }
    }
}
