private import Glibc

/// The directory that holds the daemon's database, and who may read it.
struct DataDirectory: Sendable {
    let path: String

    /// The database file.
    var databasePath: String { "\(path)/boresight.db" }
    /// The file whose lock says that the directory is in use.
    var lockPath: String { "\(path)/boresight.lock" }

    /// Makes the directory, and those above it, when it does not exist.
    ///
    /// A new directory is open to its owner alone (0700). One that exists keeps its mode: it may
    /// be shared with other files on purpose, and ours are protected by their own mode.
    func make() throws(StoreError) {
        var end = path.startIndex
        while end < path.endIndex {
            end = path[end...].dropFirst().firstIndex(of: "/") ?? path.endIndex
            let ancestor = String(path[..<end])
            guard mkdir(ancestor, 0o700) != 0, errno != EEXIST else { continue }
            let code = errno
            var status = stat()
            // A directory above may be one that we cannot write into; it only has to exist.
            guard stat(ancestor, &status) != 0 else { continue }
            throw .directory(path: ancestor, reason: String(cString: strerror(code)))
        }
    }

    /// Makes an empty database file for its owner alone (0600), or sets that mode on the old one.
    ///
    /// SQLite gives its log and index the mode of the database.
    func makeDatabaseFile() throws(StoreError) {
        let file = try OwnedFile(path: databasePath, flags: O_RDWR | O_CREAT)
        try file.protect()
        let directory = try OwnedFile(path: path, flags: O_RDONLY | O_DIRECTORY)
        // After a power cut the file's name must still be there.
        try directory.synchronize()
    }
}
