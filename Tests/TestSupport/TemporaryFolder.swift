import Foundation

/// A folder that a test has for itself; removed with everything in it when the test lets go.
package final class TemporaryFolder: Sendable {
    package let path: String
    private let atExit: AtExit

    package init() throws {
        path = FileManager.default.temporaryDirectory.path + "/boresight-test-\(UUID())"
        atExit = AtExit { [path] in try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    package func text(of file: String) throws -> String {
        try String(contentsOfFile: path + "/" + file, encoding: .utf8)
    }

    package func write(_ text: String, to file: String) throws {
        try text.write(toFile: path + "/" + file, atomically: true, encoding: .utf8)
    }
}
