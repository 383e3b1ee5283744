import Glibc
import TestSupport

/// The `boresight` that was built together with the tests, and stands beside their bundle.
enum BuiltProgram {
    struct Missing: Error {
        let path: String
    }

    /// What a run of the program gave.
    struct Result {
        let exit: ChildProcess.Exit?
        let output: String
        let error: String
    }

    static func path() throws -> String {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? runner()
        let folder = String(bundle[..<(bundle.lastIndex(of: "/") ?? bundle.startIndex)])
        let path = folder + "/boresight"
        guard access(path, X_OK) == 0 else { throw Missing(path: path) }
        return path
    }

    /// Runs it to its end; `isComplete` says when the output is all there, for it may come after
    /// the end.
    static func run(
        _ words: [String], environment: [String] = ["HOME=/nonexistent"],
        until isComplete: (Result) -> Bool = { !$0.output.isEmpty || !$0.error.isEmpty }
    ) async throws -> Result {
        let process = try ChildProcess(path(), words, environment: environment)
        let exit = await process.waitForExit(within: .seconds(60))
        var result = Result(exit: exit, output: "", error: "")
        _ = await eventually {
            result = Result(
                exit: exit, output: process.standardOutput, error: process.standardError)
            return isComplete(result)
        }
        return result
    }

    /// The test's own program, where the bundle is not named among its arguments.
    private static func runner() -> String {
        var path = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &path, path.count)
        return String(
            decoding: path.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
