import Glibc
import Simulation
import TestSupport
import Testing

@testable import boresight

@Suite struct LogFilesTests {
    private func folder(_ names: String...) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in names {
            let parts = name.split(separator: "/").dropLast()
            for count in parts.indices.map({ $0 + 1 }) {
                mkdir(folder.path + "/" + parts.prefix(count).joined(separator: "/"), 0o777)
            }
            try folder.write("x", to: name)
        }
        return folder
    }

    @Test func `folders are searched in the order of their names`() throws {
        let folder = try folder("b.log", "a/z.log", "a/deeper/y.jsonl", ".hidden")
        let files = LogFiles([folder.path], into: folder.path + "/out", ImportLimits())
        #expect(
            files.entries.map(\.fixtureName) == [
                "a-deeper-y.jsonl", "a-z.log.jsonl", "b.log.jsonl",
            ])
        #expect(files.entries[0].path == folder.path + "/a/deeper/y.jsonl")
        #expect(files.problems.isEmpty)
    }

    @Test func `two files of one name get two fixtures`() throws {
        let folder = try folder("a/same.log", "b/same.log")
        let files = LogFiles(
            [folder.path + "/a", folder.path + "/b"], into: "out", ImportLimits())
        let names = files.entries.map(\.fixtureName)
        #expect(names.first == "same.log.jsonl")
        #expect(Set(names).count == 2)
        #expect(names.last?.hasSuffix("-b-same.log.jsonl") == true)
    }

    @Test func `fixtures are not imported again`() throws {
        let folder = try folder("a.log", "out/a.log.jsonl")
        let files = LogFiles([folder.path], into: folder.path + "/out/", ImportLimits())
        #expect(files.entries.map(\.fixtureName) == ["a.log.jsonl"])
    }

    @Test func `links to folders, pipes and what is missing end nothing`() throws {
        let folder = try folder("a.log")
        #expect(symlink(folder.path, folder.path + "/circle") == 0)
        #expect(symlink(folder.path + "/a.log", folder.path + "/link.log") == 0)
        #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
        let files = LogFiles(
            [folder.path, folder.path + "/pipe", folder.path + "/none"], into: "out",
            ImportLimits())
        #expect(files.entries.map(\.fixtureName) == ["a.log.jsonl", "link.log.jsonl"])
        #expect(files.problems.map(\.path) == [folder.path + "/pipe", folder.path + "/none"])
    }

    @Test func `the number of files and the depth of folders are bounded`() throws {
        let folder = try folder("a.log", "b.log", "c.log", "d/e/f.log")
        var limits = ImportLimits()
        limits.files = 2
        let few = LogFiles([folder.path], into: "out", limits)
        #expect(few.entries.count == 2)
        #expect(few.problems.count == 1)
        limits = ImportLimits()
        limits.folderDepth = 2
        let flat = LogFiles([folder.path], into: "out", limits)
        #expect(flat.entries.count == 3)
        #expect(flat.problems.map(\.path) == [folder.path + "/d/e"])
    }
}
