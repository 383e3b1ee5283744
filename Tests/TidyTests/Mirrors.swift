/// Tests stand where their sources stand.
enum Mirrors {
    /// Test targets about more than one module.
    static let aboutAll: Set<String> = ["TidyTests", "IntegrationTests"]

    /// Folders of test targets that hold what tests share.
    static let shared: Set<String> = ["Support"]

    /// Folders of sources that need no test target: C modules, which their Swift owners test, and
    /// the benchmark, which measures.
    static func needsTests(_ module: String) -> Bool {
        let isC = module.hasPrefix("C") && module.dropFirst().first?.isUppercase == true
        return !isC && module != "bench"
    }

    /// What is wrong, given the paths of all Swift files.
    static func findings(_ paths: [String]) -> [String] {
        let sources = folders(paths, in: "Sources/")
        let tests = folders(paths, in: "Tests/")
        let modules = Set(sources.map(\.target)).sorted()
        let testTargets = Set(tests.map(\.target)).sorted()
        var findings: [String] = []
        for module in modules where needsTests(module) && !testTargets.contains(module + "Tests") {
            findings.append("Sources/\(module) has no Tests/\(module)Tests")
        }
        for (target, folder) in tests where !aboutAll.contains(target) && target != "TestSupport" {
            let module = target.hasSuffix("Tests") ? String(target.dropLast(5)) : target
            guard modules.contains(module) else {
                findings.append("Tests/\(target) mirrors no Sources/\(module)")
                continue
            }
            let first = folder.split(separator: "/").first.map(String.init) ?? ""
            let isMirrored = sources.contains { $0.target == module && $0.folder == folder }
            if !isMirrored, !folder.isEmpty, !shared.contains(first) {
                findings.append("Tests/\(target)/\(folder) mirrors no Sources/\(module)/\(folder)")
            }
        }
        return findings
    }

    /// Every folder that holds Swift files, or holds one that does, once.
    private static func folders(
        _ paths: [String], in top: String
    ) -> [(target: String, folder: String)] {
        var folders: Set<String> = []
        for path in paths where path.hasPrefix(top) {
            var parts = path.dropFirst(top.count).split(separator: "/").dropLast()
            while !parts.isEmpty {
                folders.insert(parts.joined(separator: "/"))
                parts = parts.dropLast()
            }
        }
        return folders.sorted().map { path in
            let parts = path.split(separator: "/", maxSplits: 1)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }
}
