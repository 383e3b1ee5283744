import Foundation
import TestSupport
import Testing

@testable import Drivers

@Suite struct ProgramLogTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var path: String { folder.path + "/logs/a.log" }

    private func write(_ pieces: [String], bytes most: Int) throws {
        var log = try ProgramLog(path: path, bytes: most)
        for piece in pieces { bytes(piece).withUnsafeBytes { log.add($0) } }
    }

    private func text(_ name: String) -> String? { try? folder.text(of: "logs/" + name) }

    @Test func `a short output is one file`() throws {
        try write(["one ", "two"], bytes: 100)
        #expect(text("a.log") == "one two")
        #expect(text("a.log.1") == nil)
    }

    @Test(arguments: [1, 2, 3, 7, 26])
    func `of a long one the newest end is kept, however it comes`(size: Int) throws {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        let pieces = stride(from: 0, to: 26, by: size).map {
            String(letters[$0..<min(26, $0 + size)])
        }
        try write(pieces, bytes: 10)
        #expect(text("a.log.1") == "uvwxy")
        #expect(text("a.log") == "z")
    }

    @Test func `a new output begins anew`() throws {
        try write(["0123456789abc"], bytes: 10)
        try write(["new"], bytes: 10)
        #expect(text("a.log") == "new")
        #expect(text("a.log.1") == nil)
    }

    @Test func `only the station's user may read it, whatever was there before`() throws {
        try FileManager.default.createDirectory(
            atPath: folder.path + "/logs", withIntermediateDirectories: false)
        try folder.write("elsewhere", to: "other")
        symlink(folder.path + "/other", path)
        try write(["secret"], bytes: 100)
        var file = stat()
        lstat(path, &file)
        #expect(file.st_mode == S_IFREG | 0o600)
        #expect(try folder.text(of: "other") == "elsewhere")
    }

    @Test func `a folder that cannot be made is told`() {
        #expect(throws: ProcessError.noLog(ENOTDIR)) {
            _ = try ProgramLog(path: "/etc/passwd/a/b.log", bytes: 100)
        }
    }
}
