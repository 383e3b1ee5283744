import Foundation
import JSON
import Simulation

/// The scenarios of `Simulations/`.
enum ScenarioFolder {
    static func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Every file of the folder and of `regressions` in it, by its name.
    static let names: [String] = {
        let all = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        return all.filter { $0.hasSuffix(".json") }.sorted()
    }()

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }

    static func tree(_ name: String) throws -> JSON5Node {
        try ScenarioText.tree(try bytes(name))
    }

    /// What makes a long scenario short enough for every test run; the whole of it runs on command.
    static func shortening(_ name: String) -> [(path: String, value: String)] {
        name == "unattended-24h.json"
            ? [(path: "duration", value: "80m"), (path: "heal", value: "70m")] : []
    }

    static func drawn(_ name: String, seed: UInt64) throws -> Scenario {
        try Scenario.drawn(try tree(name), overrides: shortening(name), seed: seed)
    }

    private static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Simulations")
    }
}
