import Testing

@Suite struct MarksTests {
    private static let files =
        Repository.swiftFiles
        + Repository.here.files(
            under: ["Scripts", ".ci", "docs", "Sources"],
            where: { path in
                !path.hasSuffix(".swift") && textEndings.contains { path.hasSuffix($0) }
            })
        + ["dev", "README.md"].map(Repository.here.file)

    private static let textEndings = [
        "install-packages", "/run", ".md", ".js", ".css", ".html", ".c", ".h", ".modulemap", ".sh",
    ]

    @Test func `no promise and no path of one machine stays`() {
        #expect(Self.files.contains { $0.path == "Scripts/install-packages" })
        let findings = Self.files.flatMap(Marks.findings)
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test(arguments: Marks.promises + Marks.machinePaths)
    func `one that stays is found`(mark: String) {
        let file = SourceFile(path: "A.swift", text: "let a = 1\n// \(mark) later")
        #expect(Marks.findings(in: file).map(\.line) == [2])
    }

    @Test()
    func `no target is kept alive by a placeholder`() {
        let placeholders = Repository.swiftFiles.filter(Marks.isPlaceholder).map(\.path)
        #expect(placeholders == [])
        #expect(Marks.isPlaceholder(SourceFile(path: "Sources/A/Placeholder.swift", text: "")))
    }
}
