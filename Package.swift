// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every Swift target.
///
/// - NonisolatedNonsendingByDefault (SE-0461): an async function stays on its caller's executor, so
///   nothing leaves the core by accident and a virtual sleep is one job instead of three.
/// - InternalImportsByDefault (SE-0409): each file shows which imports reach its interface.
/// - MemberImportVisibility (SE-0444): a member is visible only where its module is imported.
/// - ExistentialAny (SE-0335): `any` marks every existential.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

/// A C library from Debian, found by its package name.
func system(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: dependencies + ["TestSupport"], swiftSettings: strict)
}

/// The web app's files, which are no sources.
let webFolders = [
    "console", "fleet", "map", "nights", "phone", "replay", "rotor", "shell", "workspaces",
]

/// The page that `boresight trace --html` writes.
let traceFiles = [
    "lanes.js",
    "map.js",
    "model.js",
    "sky.js",
    "trace.css",
    "trace.html",
    "trace.js",
]

// The order is the import table: a target may import only what stands above it and is named here.
// Tests/TidyTests holds every `import` line against this list.
let package = Package(
    name: "boresight",
    products: [.executable(name: "boresight", targets: ["boresight"])],
    targets: [
        system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        system("CGPS", pkgConfig: "libgps", apt: "libgps-dev"),
        system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        system("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        system("CWslay", apt: "libwslay-dev"),
        system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        system("CQRencode", pkgConfig: "libqrencode", apt: "libqrencode-dev"),
        system("CSodium", pkgConfig: "libsodium", apt: "libsodium-dev"),
        system("CGnuTLS", pkgConfig: "gnutls", apt: "libgnutls28-dev"),
        system("CSSH", pkgConfig: "libssh", apt: "libssh-dev"),
        .target(name: "CLinux"),
        // files.c takes every other file of it in.
        .target(name: "Web", exclude: webFolders),

        module("Engine", ["CLinux"]),
        module("Pointing"),
        module("JSON"),
        module(
            "Drivers",
            ["Engine", "Pointing", "JSON", "CGPS", "CSSH", "CLinux", "CSodium", "CGnuTLS"]),
        module(
            "Station", ["Engine", "Pointing", "Drivers", "JSON", "CSodium"],
            resources: [.embedInCode("GameNights/Catalogue/games.csv")]),
        module("Store", ["Engine", "CSQLite"]),
        module("Tiles", ["Engine", "Store", "JSON", "CZlib"]),
        module("Transport", ["Engine", "CMicroHTTPD", "CWslay", "CCurl", "CLinux"]),
        module(
            "Recording", ["Engine", "JSON", "Drivers", "Transport", "CSodium"],
            resources: traceFiles.map { .embedInCode("View/Page/\($0)") }),
        module(
            "API",
            [
                "Engine", "Pointing", "Drivers", "Station", "Store", "Tiles", "Transport",
                "Recording", "JSON", "CQRencode", "CZlib", "Web",
            ]),
        module(
            "Simulation",
            [
                "Engine", "Pointing", "JSON", "Drivers", "Station", "Store", "Transport",
                "Recording", "API",
            ]),
        .executableTarget(
            name: "boresight",
            dependencies: [
                "Engine", "Pointing", "Drivers", "Station", "Store", "Tiles", "Transport",
                "Recording",
                "API",
                "Simulation", "JSON", "CLinux", "CGnuTLS",
            ],
            swiftSettings: strict),

        // The benchmark, and the bare C++ loop that it compares with. Run on command only.
        .target(name: "CBenchPeer"),
        .executableTarget(
            name: "bench",
            dependencies: [
                "CBenchPeer", "Engine", "Transport", "Recording", "JSON", "CLinux",
            ],
            swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["Engine", "CLinux"], path: "Tests/TestSupport",
            swiftSettings: strict),
        // Counts jobs that leave the core; for tests only.
        .target(name: "CEscapeCounter", path: "Tests/CEscapeCounter"),
        tests("Engine", ["Engine", "CEscapeCounter"]),
        tests("Pointing", ["Pointing"]),
        tests("JSON", ["JSON"]),
        tests("Drivers", ["Drivers", "Engine", "Pointing", "JSON"]),
        tests("Station", ["Station", "Engine", "Pointing", "Drivers", "JSON"]),
        tests("Store", ["Store", "Engine"]),
        tests("Tiles", ["Tiles", "Store", "Engine", "JSON"]),
        tests("Transport", ["Transport", "Engine"]),
        tests(
            "API",
            [
                "API", "Station", "Transport", "Engine", "Drivers", "Pointing", "JSON", "Store",
                "Tiles", "Recording",
            ]),
        tests("Recording", ["Recording", "Engine", "JSON", "Drivers", "Transport"]),
        tests(
            "Simulation",
            [
                "Simulation", "Recording", "API", "Station", "Transport", "Engine", "Drivers",
                "Pointing", "JSON", "Store",
            ]),
        tests("boresight", ["boresight", "Engine", "JSON", "Recording", "Simulation"]),
        tests("Tidy", []),
        tests(
            "Integration",
            [
                "Engine", "Drivers", "Transport", "JSON", "Pointing", "Recording", "Simulation",
                "Store", "boresight",
            ]),
    ]
)
