import Testing

@Suite struct BannedWordsTests {
    @Test func `nothing in the core makes two runs differ`() {
        let findings = Repository.swiftFiles.flatMap(BannedWords.findings)
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test(arguments: [
        "let now = Date()", "try await Task.sleep(for: .seconds(1))", "Task.detached { f() }",
        "Task { await f() }", "let id = UUID()", "var g = SystemRandomNumberGenerator()",
        "let x = Int.random(in: 0..<3)", "list.shuffled()", "let now = ContinuousClock.now",
        "_ = ObjectIdentifier(self)", "let a = f(); let b = Date()",
    ])
    func `a word that does is found`(line: String) {
        for folder in BannedWords.core {
            let file = SourceFile(path: folder + "A.swift", text: "import X\n" + line)
            #expect(BannedWords.findings(in: file).map(\.line) == [2], "\(folder)")
        }
    }

    @Test(arguments: [
        "// Task { is not for the core", "let text = \"Date()\"", "let date = civilDate(days)",
        "let x = Int.random(in: 0..<3, using: &random)", "/* Date() */", "updateTask {}",
        "let s = \"\\(a(\")\")) UUID()\"",
    ])
    func `a word that only looks like one is not`(line: String) {
        let file = SourceFile(path: "Sources/Engine/A.swift", text: line)
        #expect(BannedWords.findings(in: file) == [])
    }

    @Test func `outside of the core the words are free`() {
        let file = SourceFile(path: "Sources/Transport/A.swift", text: "let now = Date()")
        #expect(BannedWords.findings(in: file) == [])
    }

    @Test func `every exception is still needed`() {
        for (path, words) in BannedWords.exceptions {
            let code = Repository.swiftFiles.filter { $0.path.hasPrefix(path) }.flatMap(\.code)
            for word in words {
                #expect(code.contains { $0.contains(word) }, "\(path) no longer has \(word)")
            }
        }
    }
}
