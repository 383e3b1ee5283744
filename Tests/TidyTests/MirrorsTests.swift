import Testing

@Suite struct MirrorsTests {
    @Test func `tests stand where their sources stand`() {
        #expect(Mirrors.findings(Repository.swiftFiles.map(\.path)) == [])
    }

    private static let good = [
        "Sources/A/One.swift", "Sources/A/F/Two.swift", "Tests/ATests/F/TwoTests.swift",
        "Tests/ATests/Support/Three.swift", "Tests/TidyTests/Any/Where.swift",
        "Tests/TestSupport/Four.swift", "Sources/CThing/Five.swift",
    ]

    @Test func `a mirrored package has no findings`() {
        #expect(Mirrors.findings(Self.good) == [])
    }

    @Test(arguments: [
        ("Sources/B/One.swift", "Sources/B has no Tests/BTests"),
        ("Tests/BTests/OneTests.swift", "Tests/BTests mirrors no Sources/B"),
        ("Tests/ATests/G/OneTests.swift", "Tests/ATests/G mirrors no Sources/A/G"),
    ])
    func `what is out of place is found`(path: String, finding: String) {
        #expect(Mirrors.findings(Self.good + [path]) == [finding])
    }
}
