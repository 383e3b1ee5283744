import JSON
import Testing

/// RFC 8259, case by case.
@Suite struct JSONReaderTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "1", "-1", "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808", "1.5", "-1.5e3", "1E+2", "1e-2", "0.1", "0e1", #""""#, #""a""#,
        #""\"\\\/\b\f\n\r\t""#, #""\u0041\u00e9\ud83d\ude00""#, #""é😀""#, "\"\u{7F}\"", "[]", "[1]",
        "[1,2, 3 ]", "[[],[[]]]", "{}", #"{"a":1}"#, #"{"a":{"b":[null]}}"#, #"{"":0}"#,
        " \t\r\n1 \t\r\n", #"{"a":1,"a":2}"#, "1.7976931348623157e308", "1e-400",
    ])
    func `a valid text is read and written back to the same value`(_ text: String) throws {
        let value = try JSONReader.read(Array(text.utf8))
        // As text, because 1500.0 is written as 1500, which reads as an integer.
        #expect(try JSONReader.read(value.bytes()).text == value.text)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "+1", "01", "-", "-01", "1.", ".5", "1.e1", "1e", "1e+",
        "0x10", "NaN", "Infinity", "1e400", "-1e400", "1 2", "[", "]", "[1", "[1,", "[,1]", "[1,]",
        "[1 2]", "{", "}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}", "{1:1}", #"{"a" 1}"#,
        #"{"a":1 "b":2}"#, #"""#, #""a"#, #"'a'"#, #""\x""#, #""\u12""#, #""\u12G4""#, #""\ud800""#,
        #""\ud800\u0041""#, #""\udc00""#, #""\"#, "\"\n\"", "\"\t\"", "// c\n1", "/* c */1",
        "\u{FEFF}1", "1,", "[1]]", "{}{}",
    ])
    func `an invalid text is an error with its place`(_ text: String) {
        #expect(throws: JSONError.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xE2, 0x82, 0x22], [0xEF, 0xBB, 0xBF, 0x31], [0x22, 0x00, 0x22],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 are an error`(_ bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONReader.read(bytes) }
    }

    @Test func `sixty-four levels are read and one more is not`() {
        func nested(_ depth: Int) -> [UInt8] {
            Array(String(repeating: "[", count: depth).utf8)
                + Array(String(repeating: "]", count: depth).utf8)
        }
        #expect(throws: Never.self) { try JSONReader.read(nested(64)) }
        #expect {
            try JSONReader.read(nested(65))
        } throws: { ($0 as? JSONError)?.kind == .tooDeep }
        #expect(throws: JSONError.self) { try JSONReader.read(nested(1_000_000)) }
    }

    @Test func `an error names its line and column`() throws {
        let text = "{\n  \"a\": 1,\n  \"b\": tru\n}"
        let error = try #require(throws: JSONError.self) { try JSONReader.read(Array(text.utf8)) }
        #expect(error.line == 3)
        #expect(error.column == 11)
        #expect(error.description == "line 3, column 11: this character cannot stand here")
    }

    @Test func `comments and trailing commas are for files of people`() throws {
        let text = "// head\n{ \"a\": [1, 2, /* in */ 3,], }"
        let value = try JSONReader.read(Array(text.utf8), dialect: .commented)
        #expect(value == ["a": .array([.integer(1), .integer(2), .integer(3)])])
        #expect(throws: JSONError.self) {
            try JSONReader.read(Array("[1] /* open".utf8), dialect: .commented)
        }
    }

    @Test func `numbers keep their kind, and the longest are refused`() throws {
        #expect(try JSONReader.read(Array("1".utf8)).integerValue == 1)
        #expect(try JSONReader.read(Array("1.0".utf8)).integerValue == nil)
        #expect(try JSONReader.read(Array("1.0".utf8)).doubleValue == 1)
        let long = Array(String(repeating: "1", count: 1101).utf8)
        #expect(throws: JSONError.self) { try JSONReader.read(long) }
    }

    @Test func `the last of two equal keys counts, in the first one's place`() throws {
        let value = try JSONReader.read(Array(#"{"a":1,"b":2,"a":3}"#.utf8))
        #expect(value.text == #"{"a":3,"b":2}"#)
    }
}
