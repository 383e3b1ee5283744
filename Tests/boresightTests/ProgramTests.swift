import TestSupport
import Testing

/// The program as a shell sees it.
@Suite struct ProgramTests {
    static let codes: [([String], Int32)] = [
        (["version"], 0), (["--version"], 0), (["--help"], 0), (["help", "rotor", "stop"], 0),
        (["rotor", "point", "--help"], 0), ([], 2), (["rotor"], 2), (["nonsense"], 2),
        (["serve", "--listen", "nonsense"], 2), (["help", "nonsense"], 2),
        (["serve", "--config", "/nonexistent/file"], 78),
    ]

    @Test(arguments: codes)
    func `the exit code says how it went`(words: [String], code: Int32) async throws {
        let result = try await BuiltProgram.run(words)
        #expect(result.exit == .code(code))
        #expect(result.output.isEmpty == (code != 0), "results, and only they, are output")
        #expect(result.error.isEmpty == (code == 0))
    }

    /// Port 0 is never open, so nobody can answer there.
    @Test func `a server that is not there is unavailable`() async throws {
        let result = try await BuiltProgram.run(["station", "--server", "http://127.0.0.1:0"])
        #expect(result.exit == .code(69))
        #expect(result.error.contains("is the daemon running?"))
    }

    @Test func `a bad variable is a configuration error`() async throws {
        let result = try await BuiltProgram.run(
            ["serve"], environment: ["HOME=/nonexistent", "BORESIGHT_STATION=here"])
        #expect(result.exit == .code(78))
        #expect(result.error.hasPrefix("boresight: BORESIGHT_STATION: station 'here' is not"))
    }
}
