import Glibc

/// The files that one recording is spread over.
package enum RecordingParts {
    static func path(_ path: String, _ number: Int) -> String {
        number == 0 ? path : "\(path).\(number)"
    }

    /// The parts that exist, oldest first; empty when there is none.
    package static func existing(_ path: String) -> [String] {
        let (folder, name) = split(path)
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var numbers: [Int] = []
        while let entry = readdir(directory) {
            let found = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if found == name { numbers.append(0) }
            if found.hasPrefix(name + "."), let number = Int(found.dropFirst(name.count + 1)),
                number > 0
            {
                numbers.append(number)
            }
        }
        return numbers.sorted().map { self.path(path, $0) }
    }

    /// The path, or one with a number where a recording is there already: what was recorded is
    /// never overwritten, also not by a daemon that is started again and again.
    package static func free(_ path: String) -> String {
        guard isRegularFile(path) || !existing(path).filter({ $0 != path }).isEmpty else {
            return path
        }
        let (folder, name) = split(path)
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        for number in 2... {
            let candidate = "\(folder)/\(name[..<dot])-\(number)\(name[dot...])"
            if existing(candidate).isEmpty { return candidate }
        }
        return path
    }

    private static func isRegularFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// One recording out of the bytes of its parts, oldest first.
    package static func joined(_ parts: [[UInt8]]) -> [UInt8] {
        guard var all = parts.first else { return [] }
        for part in parts.dropFirst() {
            // Every later part repeats the header.
            guard let end = part.firstIndex(of: UInt8(ascii: "\n")) else { continue }
            all += part[(end + 1)...]
        }
        return all
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = path[..<slash]
        return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
    }
}
