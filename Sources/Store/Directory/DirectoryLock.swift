private import Glibc

/// Keeps a second daemon away from a data directory for as long as this value lives.
///
/// The lock is the kernel's (flock(2)): it ends with the process, however that dies, and the file
/// itself may stay. The file's text, the holder's process id, is only for the message.
struct DirectoryLock: ~Copyable {
    private let file: OwnedFile

    /// Takes the lock.
    ///
    /// - Throws: ``StoreError/inUse(directory:processID:)`` when another open store has it, in
    ///   this process or another.
    init(_ directory: DataDirectory) throws(StoreError) {
        let file = try OwnedFile(path: directory.lockPath, flags: O_RDWR | O_CREAT)
        guard try file.tryLock() else {
            let text = String(decoding: file.beginning().prefix { $0 != 0x0a }, as: UTF8.self)
            throw .inUse(directory: directory.path, processID: Int32(text))
        }
        // A full disk must not keep the daemon from reading what it has.
        try? file.replaceContent("\(getpid())\n")
        self.file = file
    }

    /// Closing alone would not do: a process that is just being started holds a copy of the
    /// descriptor until it runs its own program.
    deinit {
        file.unlock()
    }
}
