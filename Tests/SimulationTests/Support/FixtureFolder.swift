import Foundation

/// Files of `Fixtures/`.
enum FixtureFolder {
    private static var root: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")
    }

    /// - Parameter name: such as `gpsd/still-3.22.jsonl`.
    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appending(path: name)))
    }

    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
            .filter { $0.hasSuffix(".jsonl") }.sorted()
    }
}
