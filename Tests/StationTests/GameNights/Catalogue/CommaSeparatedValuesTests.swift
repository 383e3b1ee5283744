import Testing

@testable import Station

@Suite struct CommaSeparatedValuesTests {
    private static func rows(_ text: String) throws -> [[String]] {
        try CommaSeparatedValues.rows(of: text).map(\.fields)
    }

    @Test(arguments: [
        ("", []), ("a", [["a"]]), ("a,b", [["a", "b"]]), ("a,b\n", [["a", "b"]]),
        ("a\r\nb\rc\nd", [["a"], ["b"], ["c"], ["d"]]), (",", [["", ""]]),
        ("a,\n", [["a", ""]]), ("\n\n\r\n", []), ("\"a\"", [["a"]]), ("\"\",", [["", ""]]),
        ("\"a,b\",c", [["a,b", "c"]]), ("\"a\"\"b\"", [["a\"b"]]), ("\"\"\"\"", [["\""]]),
        ("\"a\nb\r\nc\"\nd", [["a\nb\r\nc"], ["d"]]), ("a\"b", [["a\"b"]]),
        (" \"a\" ", [[" \"a\" "]]), ("\u{FEFF}a\n\u{FEFF}b", [["a"], ["\u{FEFF}b"]]),
        ("\u{FEFF}\"a\"", [["a"]]), ("ä,\u{301}x", [["ä", "\u{301}x"]]), ("\"a\"\r\n", [["a"]]),
        ("a\u{0}b", [["a\u{0}b"]]),
    ])
    func `rows are read as RFC 4180 has them, and a little more`(
        _ text: String, _ rows: [[String]]
    ) throws {
        let read = try Self.rows(text)
        #expect(read.map { $0.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } })
    }

    @Test func `each row knows the line where it begins`() throws {
        let rows = try CommaSeparatedValues.rows(of: "a\n\n\"b\nb\"\r\nc\rd")
        #expect(rows.map(\.line) == [1, 3, 5, 6])
    }

    @Test(arguments: [
        ("a\n\"b", 2, "a quotation mark has no end"), ("\"", 1, "a quotation mark has no end"),
        ("a\n\n\"b\n\n\n", 3, "a quotation mark has no end"),
        ("\"a\"b", 1, "behind a quotation mark must be a comma"),
        ("\"a\n\"b", 2, "behind a quotation mark must be a comma"),
        ("\"a\" ,", 1, "behind a quotation mark must be a comma"),
    ])
    func `what cannot be read says in which line`(
        _ text: String, _ line: Int, _ problem: String
    ) {
        #expect(throws: GameListError(line: line, problem)) { try Self.rows(text) }
    }
}
