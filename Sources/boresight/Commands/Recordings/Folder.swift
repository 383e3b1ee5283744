import Glibc

/// Folders of recordings and scenarios.
enum Folder {
    /// The file itself, or every recording under the folder; other lines of JSON are left out.
    static func recordings(_ path: String) throws(CommandFailure) -> [String] {
        guard isFolder(path) else { return [path] }
        let files = try files(path, ending: ".jsonl").filter(isRecording)
        guard !files.isEmpty else {
            throw CommandFailure(.failure, "there is no recording in \(path)")
        }
        return files
    }

    private static func isRecording(_ path: String) -> Bool {
        let wanted = Array(#"{"boresight":"recording""#.utf8)
        var start = [UInt8](repeating: 0, count: wanted.count)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return read(descriptor, &start, start.count) == start.count && start == wanted
    }

    /// The file itself, or every file under the folder with that ending, in the order of names.
    static func files(_ path: String, ending: String) throws(CommandFailure) -> [String] {
        guard isFolder(path) else { return [path] }
        var found: [String] = []
        try collect(path, ending, &found)
        guard !found.isEmpty else {
            throw CommandFailure(.failure, "there is no \(ending) file in \(path)")
        }
        return found.sorted()
    }

    private static func collect(
        _ folder: String, _ ending: String, _ found: inout [String]
    ) throws(CommandFailure) {
        guard let directory = opendir(folder) else {
            throw CommandFailure(.failure, "\(folder): \(String(cString: strerror(errno)))")
        }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            let path = folder + "/" + name
            if isFolder(path) {
                try collect(path, ending, &found)
            } else if name.hasSuffix(ending) {
                found.append(path)
            }
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

/// Replaces files whole or not at all.
enum FileReplacement {
    static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { break }
            if count > 0 { rest = rest.dropFirst(count) }
        }
        let isWritten = rest.isEmpty && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(.failure, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
}
