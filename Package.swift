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

/// The pages that the daemon serves.
let webFiles = [
    "boresight.css",
    "laptop.html",
    "laptop.js",
    "live.js",
    "panel.js",
    "phone.html",
    "phone.js",
    "polar.js",
    "relay.js",
    "rotors.js",
    "sharing.js",
    "stage.css",
    "stage.html",
    "stage.js",
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
        system("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        system("CWslay", apt: "libwslay-dev"),
        system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        system("CQRencode", pkgConfig: "libqrencode", apt: "libqrencode-dev"),
        system("CSodium", pkgConfig: "libsodium", apt: "libsodium-dev"),
        system("CGnuTLS", pkgConfig: "gnutls", apt: "libgnutls28-dev"),
        system("CSSH", pkgConfig: "libssh", apt: "libssh-dev"),
        .target(name: "CLinux"),

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
        module("Transport", ["Engine", "CMicroHTTPD", "CWslay", "CCurl", "CLinux"]),
        module(
            "Recording", ["Engine", "JSON", "Drivers", "Transport", "CSodium"],
            resources: traceFiles.map { .embedInCode("View/Page/\($0)") }),
        module(
            "API",
            [
                "Engine", "Pointing", "Drivers", "Station", "Store", "Transport", "Recording",
                "JSON", "CQRencode",
            ],
            // Carried inside the program: it is one file, wherever it is copied.
            resources: webFiles.map { .embedInCode("Web/\($0)") }),
        module(
            "Simulation",
            [
                "Engine", "Pointing", "JSON", "Drivers", "Station", "Store", "Transport",
                "Recording", "API",
            ]),
        .executableTarget(
            name: "boresight",
            dependencies: [
                "Engine", "Pointing", "Drivers", "Station", "Store", "Transport", "Recording",
                "API",
                "Simulation", "JSON", "CLinux",
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
        tests("Transport", ["Transport", "Engine"]),
        tests(
            "API",
            [
                "API", "Station", "Transport", "Engine", "Drivers", "Pointing", "JSON", "Store",
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
