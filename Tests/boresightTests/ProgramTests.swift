import FoundationEssentials
import Glibc
import Testing

/// Runs the built program, found beside the test bundle.
@Suite struct ProgramTests {
    private struct Finished {
        let code: Int32
        let output: String
        let error: String
    }

    private var program: String {
        get throws {
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
            let program = String(folder) + "/boresight"
            try #require(access(program, X_OK) == 0, "\(program)")
            return program
        }
    }

    private func run(
        _ words: [String], environment: [String: String] = ["HOME": "/nonexistent"]
    ) throws -> Finished {
        let folder = FileManager.default.temporaryDirectory.path + "/boresight-\(UUID())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, folder + "/out", flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, folder + "/err", flags, 0o600)
        let program = try program
        var arguments = ([program] + words).map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0.key + "=" + $0.value) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process = pid_t()
        let spawned = posix_spawn(&process, program, &actions, nil, &arguments, &variables)
        try #require(spawned == 0)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        func text(_ name: String) -> String {
            String(
                decoding: FileManager.default.contents(atPath: folder + name) ?? Data(),
                as: UTF8.self)
        }
        return Finished(code: status >> 8 & 0xFF, output: text("/out"), error: text("/err"))
    }

    static let codes: [([String], Int32)] = [
        (["version"], 0), (["--version"], 0), (["--help"], 0), (["help", "rotor", "stop"], 0),
        (["rotor", "point", "--help"], 0), ([], 2), (["rotor"], 2), (["nonsense"], 2),
        (["serve", "--listen", "nonsense"], 2), (["help", "nonsense"], 2),
        (["serve", "--config", "/nonexistent/file"], 78),
    ]

    @Test(arguments: codes)
    func `the exit code says how it went`(words: [String], code: Int32) throws {
        let finished = try run(words)
        #expect(finished.code == code)
        #expect(finished.output.isEmpty == (code != 0), "results, and only they, are output")
        #expect(finished.error.isEmpty == (code == 0))
    }

    /// Port 0 is never open, so nobody can answer there.
    @Test func `a server that is not there is unavailable`() throws {
        let finished = try run(["station", "--server", "http://127.0.0.1:0"])
        #expect(finished.code == 69)
        #expect(finished.error.contains("is the daemon running?"))
    }

    @Test func `a bad variable is a configuration error`() throws {
        let finished = try run(
            ["serve"], environment: ["HOME": "/nonexistent", "BORESIGHT_STATION": "here"])
        #expect(finished.code == 78)
        #expect(finished.error.hasPrefix("boresight: BORESIGHT_STATION: station 'here' is not"))
    }
}
