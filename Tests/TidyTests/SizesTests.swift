import Testing

@Suite struct SizesTests {
    @Test func `files, lines and functions stay short`() {
        let findings = Repository.swiftFiles.flatMap(Sizes.findings)
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }

    private func file(_ text: String) -> SourceFile {
        SourceFile(path: "A.swift", text: text)
    }

    @Test func `a file that is too long is found`() {
        let line = "let a = 1\n"
        #expect(Sizes.findings(in: file(String(repeating: line, count: 500))) == [])
        #expect(Sizes.findings(in: file(String(repeating: line, count: 501))).count == 1)
    }

    @Test func `a line that is too long is found`() {
        #expect(Sizes.findings(in: file(String(repeating: "é", count: 100))) == [])
        #expect(Sizes.findings(in: file(String(repeating: "é", count: 101))).count == 1)
    }

    @Test func `a long text may stand in one line of a test`() {
        let line = "    f(\"" + String(repeating: "x", count: 200) + "\")"
        #expect(Sizes.findings(in: SourceFile(path: "Tests/A.swift", text: line)) == [])
        #expect(Sizes.findings(in: SourceFile(path: "Sources/A.swift", text: line)).count == 1)
    }

    @Test(arguments: [
        "func f() {", "init(a: Int) throws {", "subscript<T>(a: T) -> Int {", "deinit {",
        "func f(\n    a: Int\n) async throws(Failure)\n    -> Int\nwhere A: B {",
        "func f(a: () -> Void = {}) {", "static func == (a: A, b: A) -> Bool {",
    ])
    func `a function that is too long is found`(head: String) {
        let headLines = head.split(separator: "\n").count
        func text(_ lines: Int) -> String {
            let body = String(repeating: "    if a { b() }\n", count: lines - headLines - 1)
            return "struct S {\n" + head + "\n" + body + "}\n}\n"
        }
        #expect(Sizes.findings(in: file(text(70))) == [])
        #expect(Sizes.findings(in: file(text(71))).map(\.line) == [2])
    }

    @Test func `a requirement without a body has no length`() {
        let text =
            "protocol P {\n    func f(a: Int) -> Int\n    init()\n}\n"
            + String(repeating: "if a { b() }\n", count: 100)
        #expect(Sizes.functions(of: file(text)) == [])
    }

    @Test func `calls of initialisers are no declarations`() {
        let text = "let a = S.init(b)\nself.init(c)\nlet d = { e.init(f) }\n"
        #expect(Sizes.functions(of: file(text)) == [])
    }
}
