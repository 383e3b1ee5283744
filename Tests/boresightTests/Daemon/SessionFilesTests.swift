import Foundation
import TestSupport
import Testing

@testable import boresight

@Suite struct SessionFilesTests {
    private func limits(files: Int = 100, bytes: Int = 100) -> SessionFiles.Limits {
        var limits = SessionFiles.Limits()
        limits.files = files
        limits.bytes = bytes
        return limits
    }

    /// Files of ten bytes, the first one written longest ago.
    private func folder(_ count: Int) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for number in 0..<count {
            try folder.write("0123456789", to: "f\(number)")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: Double(1000 + number))],
                ofItemAtPath: folder.path + "/f\(number)")
        }
        return folder
    }

    private func names(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func `what was written longest ago goes when there are too many`() throws {
        let folder = try folder(5)
        try SessionFiles(folder: folder.path, limits: limits(files: 3)).tidy()
        #expect(try names(folder) == ["f2", "f3", "f4"])
    }

    @Test func `what was written longest ago goes when they are too large`() throws {
        let folder = try folder(5)
        try SessionFiles(folder: folder.path, limits: limits(bytes: 25)).tidy()
        #expect(try names(folder) == ["f3", "f4"])
    }

    @Test func `what is within bounds stays`() throws {
        let folder = try folder(5)
        try SessionFiles(folder: folder.path, limits: limits(files: 5, bytes: 50)).tidy()
        #expect(try names(folder).count == 5)
    }

    @Test func `the folder is made, for its owner only`() throws {
        let folder = try TemporaryFolder()
        let files = try SessionFiles(folder: folder.path + "/workspaces")
        files.tidy()
        let attributes = try FileManager.default.attributesOfItem(
            atPath: folder.path + "/workspaces")
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        #expect(throws: CommandFailure.self) { try SessionFiles(folder: "/proc/nothing/here") }
    }
}
