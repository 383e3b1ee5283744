import Glibc
import TestSupport
import Testing

@testable import boresight

@Suite struct FixtureFileTests {
    private let recording = Array("{\"boresight\":\"recording\"}\n".utf8)

    @Test func `the folder is made with those above it`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a/b/c/"
        try FixtureFile.makeFolder(path)
        try FixtureFile.makeFolder(path)
        try FixtureFile.write(recording, to: path + "x.jsonl")
        #expect(try folder.text(of: "a/b/c/x.jsonl") == String(decoding: recording, as: UTF8.self))
    }

    @Test func `a recording is replaced, anything else stays`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/x.jsonl"
        try FixtureFile.write(recording, to: path)
        try FixtureFile.write(recording + recording, to: path)
        #expect(try folder.text(of: "x.jsonl").utf8.count == 2 * recording.count)
        try folder.write("mine", to: "y.jsonl")
        #expect(throws: SystemProblem.self) {
            try FixtureFile.write(recording, to: folder.path + "/y.jsonl")
        }
        #expect(try folder.text(of: "y.jsonl") == "mine")
    }

    @Test func `a file in the place of the folder is said`() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "file")
        #expect(throws: SystemProblem.self) { try FixtureFile.makeFolder(folder.path + "/file") }
    }
}
