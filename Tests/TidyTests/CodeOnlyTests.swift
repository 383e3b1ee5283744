import Testing

@Suite struct CodeOnlyTests {
    @Test(arguments: [
        ("a // b", "a"), ("a /* b /* c */ d */ e", "a e"), ("\"a // b\" c", "\" \" c"),
        ("\"\"\"\nline \"quoted\"\n\"\"\" + b", "\"\"\" \"\"\" + b"), ("#\"a\"b\"# c", "\" \" c"),
        ("\"a\\\"b\" c", "\" \" c"), ("\"x\\(f(\"y\"))z\" c", "\" \" c"), ("#if a", "#if a"),
        ("func `a // b`() {}", "func ` `() {}"), ("\"\" + a", "\"\" + a"), ("a / b", "a / b"),
        ("#\"\\(a)\"#", "\" \""), ("#\"\\#(a(\")\"))\"# b", "\" \" b"),
    ])
    func `comments and strings go, code stays`(text: String, code: String) {
        let words = CodeOnly.text(of: text).split { $0 == " " || $0 == "\n" }
        #expect(words.joined(separator: " ") == code)
    }

    @Test func `lines keep their numbers`() {
        for file in Repository.swiftFiles { #expect(file.code.count == file.lines.count) }
    }
}
