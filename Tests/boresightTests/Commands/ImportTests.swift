import Foundation
import JSON
import TestSupport
import Testing

@testable import boresight

/// `boresight import`, with real files and a real gpsd.
@Suite struct ImportTests {
    private let recorded = RecordedOutput()

    private func run(_ words: String...) -> ExitCode {
        var context = recorded.context()
        context.readFile = { path, maxBytes throws(FileProblem) in
            try FileReading.bytes(of: path, atMost: maxBytes)
        }
        return Program.run(["import"] + words, context)
    }

    private static let reports = (0..<5).map { second in
        #"{"class":"TPV","mode":3,"time":"2026-11-20T12:00:0\#(second).000Z","lat":52.0,"lon":4.0}"#
            + "\n"
    }.joined()

    /// A log of each kind, and files that are none.
    private func mixedFolder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(Self.reports, to: "gpspipe.json")
        try folder.write("p\n0.00\n0.00\nP 10 10\nRPRT 0\n", to: "tee.txt")
        try Data(ReceiverLog.sentences(epochs: 4))
            .write(to: URL(filePath: folder.path + "/nmea.log"))
        try Data(ReceiverLog.binary(epochs: 4)).write(to: URL(filePath: folder.path + "/ubx.log"))
        try folder.write("# Read me\n", to: "README.md")
        try folder.write("", to: "empty")
        try Data([0x00]).write(to: URL(filePath: folder.path + "/byte"))
        return folder
    }

    @Test func `a mixed folder gives what it can, and names what it cannot`() throws {
        let folder = try mixedFolder()
        #expect(run(folder.path, "--into", folder.path + "/made") == .failure)
        let made = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/made")
        #expect(
            made.sorted() == [
                "gpspipe.json.jsonl", "nmea.log.jsonl", "tee.txt.jsonl", "ubx.log.jsonl",
            ])
        for (file, reason) in [
            ("README.md", "not a log that is known; expected gpsd's JSON"),
            ("empty", "the file is empty"), ("byte", "not a log"),
        ] {
            #expect(recorded.error.contains("boresight: \(folder.path)/\(file): \(reason)"))
        }
        let table = recorded.output.split(separator: "\n")
        #expect(table.first?.hasPrefix("FILE") == true)
        #expect(table.count == 9)
        #expect(table.last?.hasPrefix("4 of 7 files imported: ") == true)
        // Again: the same bytes, and nothing of what was made is taken for a log.
        let before = try folder.text(of: "made/ubx.log.jsonl")
        #expect(run(folder.path, "--into", folder.path + "/made", "--output", "json") == .failure)
        #expect(try folder.text(of: "made/ubx.log.jsonl") == before)
    }

    @Test func `several paths are imported, and programs can read what became of them`() throws {
        let folder = try mixedFolder()
        let words = [folder.path + "/gpspipe.json", folder.path + "/tee.txt"]
        let code = run(
            words[0], "--into", folder.path + "/made", words[1], "--output=json", "--seed", "9")
        #expect(code == .success)
        let results = try #require(
            try JSONReader.read(Array(recorded.output.utf8)).arrayValue?.compactMap(\.objectValue))
        #expect(results.map { $0["file"]?.stringValue } == words)
        #expect(results.map { $0["kind"]?.stringValue } == ["gpsd", "rotctld text"])
        #expect(results.map { $0["items"]?.integerValue } == [5, 2])
        #expect(try folder.text(of: "made/tee.txt.jsonl").contains(#""seed":"0000000000000009""#))
        #expect(recorded.error.isEmpty)
    }

    @Test func `paths and the folder are required`() {
        #expect(run("--into", "/tmp/x") == .usage)
        #expect(recorded.error.contains("PATH is missing"))
        #expect(run("x") == .usage)
        #expect(recorded.error.contains("--into DIR is missing"))
    }

    @Test func `a path that does not exist fails`() throws {
        let folder = try TemporaryFolder()
        #expect(run(folder.path + "/none", "--into", folder.path + "/made") == .failure)
        #expect(recorded.error.contains("none: No such file or directory"))
    }
}
