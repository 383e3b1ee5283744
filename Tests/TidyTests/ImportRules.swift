/// Which file may import what.
///
/// A module is a permission: code that may not import Glibc cannot do I/O, whoever edits it. Our
/// own modules stand here a second time beside Package.swift, so that a new arrow between two of
/// them is drawn on purpose.
enum ImportRules {
    /// Our modules by the targets that may import them; the order is that of the layers.
    static let layers: KeyValuePairs<String, Set<String>> = [
        "Web": [],
        "Engine": ["CLinux"],
        "Pointing": [],
        "JSON": [],
        "Drivers": [
            "Engine", "Pointing", "JSON", "CGPS", "CSSH", "CLinux", "CSodium", "CGnuTLS",
        ],
        "Station": ["Engine", "Pointing", "Drivers", "JSON", "CSodium"],
        "Store": ["Engine", "CSQLite"],
        "Tiles": ["Engine", "Store", "JSON", "CZlib"],
        "Transport": ["Engine", "CMicroHTTPD", "CWslay", "CCurl", "CLinux"],
        "Recording": ["Engine", "JSON", "Drivers", "Transport", "CSodium"],
        "API": [
            "Engine", "Pointing", "Drivers", "Station", "Store", "Tiles", "Transport", "Recording",
            "JSON", "CQRencode", "CZlib", "Web",
        ],
        "Simulation": [
            "Engine", "Pointing", "JSON", "Drivers", "Station", "Store", "Transport", "Recording",
            "API",
        ],
        "boresight": [
            "Engine", "Pointing", "Drivers", "Station", "Store", "Tiles", "Transport", "Recording",
            "API",
            "Simulation", "JSON", "CLinux", "CGnuTLS",
        ],
    ]

    /// A module of the system or the toolchain, and the files of a target that may import it.
    struct Outside: Sendable {
        let module: String
        let target: String
        /// Files or folders inside the target; empty means all of it.
        let places: [String]

        init(_ module: String, in target: String, _ places: String...) {
            self.module = module
            self.target = target
            self.places = places
        }
    }

    /// Mutex and atomics are part of the language's library.
    static let everywhere: Set<String> = ["Synchronization"]

    static let outside: [Outside] = [
        Outside("Glibc", in: "Engine", "Executor/", "Threads/", "Time/MachineClock.swift"),
        // Sine, cosine and their like; no file there does I/O.
        Outside("Glibc", in: "Pointing", "Geodesy/"),
        Outside(
            "Glibc", in: "Drivers", "Link/", "Passwords/Argon2.swift", "Process/", "Ssh/",
            "Simulated/Sphere.swift"),
        Outside("Glibc", in: "Store", "Directory/", "Writer/"),
        Outside("Glibc", in: "Tiles", "Files/"),
        Outside("Glibc", in: "Transport"),
        Outside("Glibc", in: "Recording", "Recorder/"),
        Outside("Glibc", in: "boresight"),
        Outside("Glibc", in: "bench"),
    ]

    /// C libraries stay behind the type that owns them.
    static let cModules: [Outside] = [
        Outside("CLinux", in: "Engine", "Executor/", "Threads/"),
        Outside("CGPS", in: "Drivers", "Gpsd/GpsdDecoder.swift"),
        Outside("CSSH", in: "Drivers", "Ssh/SSHKey.swift", "Ssh/SSHSession.swift"),
        Outside("CLinux", in: "Drivers", "Link/", "Process/", "Ssh/"),
        Outside(
            "CSodium", in: "Drivers", "Passwords/Argon2.swift", "SecondFactors/",
            "Hosts/HostKey.swift"),
        Outside("CGnuTLS", in: "Drivers", "SecondFactors/OneTimeCode.swift"),
        Outside("CGnuTLS", in: "boresight", "Authority/X509.swift"),
        Outside("CSodium", in: "Station", "SHA256.swift", "Identity/"),
        Outside("CSodium", in: "Recording", "Format/Digest.swift"),
        Outside("CSQLite", in: "Store", "SQLite/"),
        Outside("CZlib", in: "API", "Content/Gzip.swift"),
        Outside("CZlib", in: "Tiles", "Files/Inflating.swift"),
        Outside("CCurl", in: "Transport", "Client/"),
        Outside("CLinux", in: "Transport"),
        Outside("CMicroHTTPD", in: "Transport", "Server/", "WebSocket/"),
        Outside("CWslay", in: "Transport", "WebSocket/"),
        Outside("CQRencode", in: "API", "Pages/"),
        Outside(
            "CLinux", in: "boresight", "Log/", "Daemon/", "Campaign/", "Import/",
            "Commands/Lease/"),
        Outside("CBenchPeer", in: "bench", "Engine/"),
        Outside("CLinux", in: "bench"),
    ]

    /// What tests may import besides what their target names.
    static let inTests: Set<String> = [
        "Testing", "Synchronization", "Glibc", "Foundation", "FoundationEssentials", "CLinux",
        "Dispatch",
    ]

    /// Findings about one file's imports.
    static func findings(in file: SourceFile, manifest: PackageManifest) -> [Finding] {
        guard let target = file.target,
            let declared = manifest.targets.first(where: { $0.name == target })
        else { return file.path == "Package.swift" ? [] : [file.finding(0, "in no target")] }
        return imports(of: file).compactMap { line, module in
            let allowed =
                file.path.hasPrefix("Tests/")
                ? mayImportInTests(module, declared)
                : mayImport(module, declared, file.pathInTarget)
            guard !allowed else { return nil }
            return file.finding(line, "\(target) may not import \(module) here (see ImportRules)")
        }
    }

    private static func mayImportInTests(
        _ module: String, _ target: PackageManifest.Target
    ) -> Bool {
        inTests.contains(module) || target.dependencies.contains(module)
    }

    private static func mayImport(
        _ module: String, _ target: PackageManifest.Target, _ path: String
    ) -> Bool {
        if everywhere.contains(module) { return true }
        let isOurs = layers.contains { $0.key == module }
        if isOurs { return target.dependencies.contains(module) }
        return (outside + cModules).contains { rule in
            rule.module == module && rule.target == target.name
                && (rule.places.isEmpty || rule.places.contains { path.hasPrefix($0) })
        }
    }

    /// Line indices and modules of a file's imports.
    static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
        file.code.enumerated().compactMap { index, line in
            let words = line.split { $0 == " " || $0 == ";" }
            guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count,
                words[..<keyword].allSatisfy({ isModifier($0) })
            else { return nil }
            let kinds: Set<Substring> = [
                "struct", "class", "enum", "func", "var", "let", "protocol",
            ]
            let name = kinds.contains(words[keyword + 1]) ? words.last : words[keyword + 1]
            return name.map { (index, String($0.prefix { $0 != "." })) }
        }
    }

    private static func isModifier(_ word: Substring) -> Bool {
        word.hasPrefix("@")
            || ["public", "package", "internal", "fileprivate", "private"].contains(word)
    }

    /// Differences between the layers here and Package.swift.
    static func differences(from manifest: PackageManifest) -> [String] {
        let names = manifest.targets.filter { !$0.isTest && !isSupport($0.name) }.map(\.name)
        var differences: [String] = []
        if names != layers.map(\.key) {
            differences.append("Package.swift has the modules \(names)")
        }
        for (name, dependencies) in layers {
            let declared = manifest.targets.first { $0.name == name }?.dependencies ?? []
            let extra = Set(declared).symmetricDifference(dependencies).sorted()
            if !extra.isEmpty { differences.append("\(name) differs in \(extra)") }
        }
        return differences
    }

    /// C libraries, the tests' own library and the benchmark have no place among the layers.
    private static func isSupport(_ name: String) -> Bool {
        name == "TestSupport" || name == "bench"
            || (name.hasPrefix("C") && name.dropFirst().first?.isUppercase == true)
    }
}
