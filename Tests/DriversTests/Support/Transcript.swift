import Engine
import Foundation

/// A recorded conversation with a device, from `Fixtures/`.
struct Transcript {
    struct Line: Decodable {
        let t: Double
        let dir: String
        let data: String

        var bytes: [UInt8] { Array(data.utf8) }
        var time: Instant { Instant.start.advanced(by: .seconds(t)) }
    }

    let lines: [Line]

    /// - Parameter name: such as `gpsd/still-3.22`.
    init(_ name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "Fixtures/\(name).jsonl")
        let text = try String(contentsOf: file, encoding: .utf8)
        let decoder = JSONDecoder()
        lines = try text.split(separator: "\n").map {
            try decoder.decode(Line.self, from: Data($0.utf8))
        }
    }

    var fromDevice: [Line] { lines.filter { $0.dir == "<" } }
}
