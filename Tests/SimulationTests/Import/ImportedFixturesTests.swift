import Recording
import Simulation
import Testing

/// The project's own imported fixtures.
@Suite struct ImportedFixturesTests {
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
        #expect(replayed.recorded.count > 20)
        #expect(replayed.droppedLines == 0)
        #expect(replayed.firstDifference == nil)
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
        #expect(again == fixture, "made anew it differs; see Fixtures/imported/MANIFEST.md")
    }
}
