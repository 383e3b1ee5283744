import Testing

@Suite struct ReasonsTests {
    @Test func `every safeguard that is off says why`() {
        let findings = Repository.swiftFiles.flatMap(Reasons.findings)
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test(arguments: Reasons.words)
    func `a safeguard that is off without a reason is found`(word: String) {
        let file = SourceFile(path: "A.swift", text: "let a = 1\n\nlet b = 2 // \(word)\n\(word) x")
        #expect(Reasons.findings(in: file).map(\.line) == [4])
    }

    @Test(arguments: Reasons.words)
    func `a reason on the line above is enough`(word: String) {
        let file = SourceFile(
            path: "A.swift", text: "// Only the core's thread touches it.\n\(word) x\n\(word) y")
        #expect(Reasons.findings(in: file) == [])
    }

    @Test func `a string is no safeguard`() {
        let file = SourceFile(path: "A.swift", text: "\nlet a = \"try! fatalError(\"")
        #expect(Reasons.findings(in: file) == [])
    }
}
