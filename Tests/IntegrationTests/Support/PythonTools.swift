import Foundation
import TestSupport

/// What Scripts/install-python-tools has fetched.
enum PythonTools {
    private static let folder =
        URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path + "/.build/test-python"

    static let areInstalled = FileManager.default.fileExists(atPath: folder + "/installed")
    static let howToInstall = "needs Scripts/install-python-tools, which needs PyPI"

    /// Runs one of them to its end, in a folder; what it printed when it failed, else nil.
    static func failure(
        of tool: String, _ arguments: [String], in place: TemporaryFolder
    ) async throws -> String? {
        let process = try ChildProcess(
            "/usr/bin/env", ["-C", place.path, "\(folder)/bin/\(tool)"] + arguments)
        let exit = await process.waitForExit(within: .seconds(240))
        guard exit != .code(0) else { return nil }
        // The end of the output may come a little after the program's.
        _ = await eventually(within: .seconds(2)) { process.standardOutput.hasSuffix("=\n") }
        return "\(tool) ended with \(exit.map { "\($0)" } ?? "nothing in time")\n"
            + process.standardOutput + process.standardError
    }

    /// The text of a file that one of them carries, by its path below Python's packages.
    static func text(of file: String) throws -> String {
        let libraries = URL(fileURLWithPath: folder + "/lib")
        let versions = try FileManager.default.contentsOfDirectory(atPath: libraries.path)
        let python = versions.first { $0.hasPrefix("python") } ?? ""
        return try String(
            contentsOf: libraries.appending(path: python + "/site-packages/" + file),
            encoding: .utf8)
    }

    /// Starts a program that may use their libraries.
    static func start(_ program: String) throws -> ChildProcess {
        try ChildProcess("\(folder)/bin/python3", ["-u", "-c", program])
    }
}
