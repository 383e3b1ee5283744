import Testing

@Suite struct ImportRulesTests {
    private static let manifest = PackageManifest(Repository.here.file("Package.swift"))

    @Test func `every import is allowed`() {
        let findings = Repository.swiftFiles.flatMap {
            ImportRules.findings(in: $0, manifest: Self.manifest)
        }
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test func `Package.swift draws the arrows that are allowed, and no others`() {
        #expect(ImportRules.differences(from: Self.manifest) == [])
    }

    @Test(arguments: [
        ("Sources/Engine/A.swift", "import Foundation"), ("Sources/Engine/A.swift", "import Glibc"),
        ("Sources/Engine/A.swift", "package import Station"),
        ("Sources/Pointing/Rotor/A.swift", "import Glibc"),
        ("Sources/Pointing/A.swift", "import struct Engine.Instant"),
        ("Sources/Station/A.swift", "import Transport"),
        ("Sources/Station/A.swift", "private import CSQLite"),
        ("Sources/Store/A.swift", "@preconcurrency import CSQLite"),
        ("Sources/API/A.swift", "import FoundationEssentials"),
        ("Sources/Nowhere/A.swift", "let a = 1"), ("Tests/JSONTests/A.swift", "import Engine"),
        ("Tests/EngineTests/A.swift", "@testable import Store"),
    ])
    func `an import that is not allowed is found`(path: String, text: String) {
        let file = SourceFile(path: path, text: text)
        #expect(ImportRules.findings(in: file, manifest: Self.manifest).count == 1)
    }

    @Test(arguments: [
        ("Sources/Engine/Time/MachineClock.swift", "import Glibc"),
        ("Sources/Station/A.swift", "package import Engine\nimport Synchronization"),
        ("Sources/Station/A.swift", "// import Glibc\nlet a = \"import Glibc\""),
        ("Sources/Store/SQLite/A.swift", "private import CSQLite"),
        ("Tests/JSONTests/A.swift", "import Testing\nimport JSON\nimport TestSupport"),
    ])
    func `an import that is allowed is not found`(path: String, text: String) {
        let file = SourceFile(path: path, text: text)
        #expect(ImportRules.findings(in: file, manifest: Self.manifest) == [])
    }

    @Test func `a new arrow in Package.swift is noticed`() {
        let text = Repository.here.file("Package.swift").lines.joined(separator: "\n")
        let changed = text.replacing(
            "module(\"Pointing\")", with: "module(\"Pointing\", [\"Engine\"])")
        let file = SourceFile(path: "Package.swift", text: changed)
        #expect(
            ImportRules.differences(from: PackageManifest(file)) == [
                "Pointing differs in [\"Engine\"]"
            ])
    }

    @Test func `Package.swift is read whole`() {
        let names = Self.manifest.targets.map(\.name)
        for name in ["CSQLite", "Engine", "API", "boresight", "TestSupport", "TidyTests"] {
            #expect(names.contains(name))
        }
        #expect(
            Self.manifest.targets.first { $0.name == "Store" }?.dependencies.contains("CSQLite")
                == true)
        #expect(
            Self.manifest.targets.first { $0.name == "JSONTests" }?.dependencies == [
                "JSON", "TestSupport",
            ])
    }
}
