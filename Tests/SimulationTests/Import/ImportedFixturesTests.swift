import Recording
import Simulation
import TestSupport
import Testing

/// The project's own imported fixtures.
@Suite(.quiet) struct ImportedFixturesTests {
    private static let names = try? FixtureFolder.names(in: "imported")

    @Test func `there are fixtures of both devices, and they are small`() throws {
        let names = try #require(Self.names)
        #expect(names.count >= 6)
        let sizes = try names.map { try FixtureFolder.bytes("imported/" + $0).count }
        #expect(sizes.reduce(0, +) < 300_000)
    }

    @Test(arguments: names ?? [])
    func `each fixture replays to the last bit`(name: String) throws {
        let replayed = try Replayed(FixtureFolder.bytes("imported/" + name))
        #expect(replayed.recorded.count > 10)
        #expect(replayed.droppedLines == 0)
        #expect(replayed.divergence == nil)
    }

    @Test(arguments: names ?? [])
    func `its log makes the same fixture again`(name: String) throws {
        let fixture = try FixtureFolder.bytes("imported/" + name)
        let header = try RecordingReader(fixture).header
        let log =
            try (try? FixtureFolder.bytes("gpsd/" + name))
            ?? FixtureFolder.bytes("rotctld/" + name)
        let importer = LogImport(program: header.program, seed: header.seed) {
            _ throws(ImportProblem) in
            throw ImportProblem.gpsd("not needed here")
        }
        let again = try importer.fixture(of: log).bytes
        // A key that the header has got since may be missing there, and means what it meant then.
        #expect(try RecordingReader(again).header == header)
        let isSame = Self.body(again) == Self.body(fixture)
        #expect(isSame, "made anew it differs; see Fixtures/imported/MANIFEST.md")
    }

    /// Everything that a replay compares: not the header, and no log lines, whose words may change.
    private static func body(_ recording: [UInt8]) -> [ArraySlice<UInt8>] {
        recording.split(separator: UInt8(ascii: "\n")).dropFirst()
            .filter { !$0.starts(with: Array(#"{"log":"#.utf8)) }
    }
}
