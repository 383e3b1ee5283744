import Glibc

/// The tile files of a folder, by their names.
struct TileFolder: Sendable {
    /// A file that is to have a map in it.
    struct Entry: Sendable, Equatable {
        /// The file's name without its ending.
        let map: String
        let file: String
        let path: String

        var isDatabase: Bool { file.hasSuffix(".mbtiles") }
    }

    let path: String

    /// In the order of their names; hidden files are nobody's, such as those that are being copied.
    func entries() throws(TileProblem) -> [Entry] {
        guard let directory = opendir(path) else {
            // Nobody has to have maps.
            if errno == ENOENT { return [] }
            throw TileProblem("cannot be read: " + String(cString: strerror(errno)))
        }
        defer { closedir(directory) }
        var entries: [Entry] = []
        while let found = readdir(directory) {
            let name = withUnsafePointer(to: &found.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                    String(validatingCString: $0)
                }
            }
            guard let name, !name.hasPrefix("."),
                let ending = [".mbtiles", ".pmtiles"].first(where: { name.hasSuffix($0) })
            else { continue }
            entries.append(
                Entry(
                    map: String(name.dropLast(ending.count)), file: name, path: "\(path)/\(name)"))
        }
        return entries.sorted { $0.file < $1.file }
    }
}
