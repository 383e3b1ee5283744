import Glibc

/// The programs that were built together with the tests.
package enum BuiltProgram {
    /// The path of an executable product, beside the test bundle.
    package static func path(_ name: String) throws -> String {
        var path = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &path, path.count)
        let bytes = path.prefix(max(0, length)).map { UInt8(bitPattern: $0) }
        // The test runner is the bundle itself or the toolchain's helper that loads it.
        let runner = String(decoding: bytes, as: UTF8.self)
        let bundle =
            CommandLine.arguments.first { $0.hasSuffix(".xctest") }
            ?? CommandLine.arguments.drop { $0 != "--test-bundle-path" }.dropFirst().first
            ?? runner
        let folder = bundle[..<(bundle.lastIndex(of: "/") ?? bundle.startIndex)]
        let program = String(folder) + "/" + name
        guard access(program, X_OK) == 0 else {
            throw ChildProcess.Failure(description: "\(program) is not built")
        }
        return program
    }
}
