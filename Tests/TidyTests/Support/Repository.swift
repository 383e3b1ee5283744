import FoundationEssentials

/// The package's own files, found from this file's place.
struct Repository: Sendable {
    /// The folder of Package.swift.
    let root: String

    static let here = Repository(
        root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path)

    /// Every Swift file under Sources and Tests, and Package.swift, in the order of their paths.
    static let swiftFiles: [SourceFile] =
        here.files(
            under: ["Sources", "Tests"], where: { $0.hasSuffix(".swift") }) + [
            here.file("Package.swift")
        ]

    /// Paths from the root, sorted; what git leaves out is left out.
    func paths(under folders: [String]) -> [String] {
        var paths: [String] = []
        for folder in folders {
            let found = try? FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder)
            paths += (found ?? []).map { folder + "/" + $0 }
        }
        return paths.sorted()
    }

    func files(
        under folders: [String], where isWanted: (String) -> Bool
    ) -> [SourceFile] {
        paths(under: folders).filter { isWanted($0) && !isFolder($0) }.map(file)
    }

    func file(_ path: String) -> SourceFile {
        let bytes = FileManager.default.contents(atPath: root + "/" + path) ?? Data()
        return SourceFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    }

    func isFolder(_ path: String) -> Bool {
        var isFolder = false
        let exists = FileManager.default.fileExists(
            atPath: root + "/" + path, isDirectory: &isFolder)
        return exists && isFolder
    }
}
