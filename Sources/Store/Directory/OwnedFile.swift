private import Glibc

/// Owns one file descriptor, closed at the end of its life and not inherited by other programs.
struct OwnedFile: ~Copyable {
    private let descriptor: Int32
    private let path: String

    /// Opens the file; a new one is for its owner alone (0600).
    init(path: String, flags: Int32) throws(StoreError) {
        self.path = path
        self.descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Sets the mode to 0600.
    borrowing func protect() throws(StoreError) {
        guard fchmod(descriptor, 0o600) == 0 else { throw Self.failure(path) }
    }

    /// Waits until file or directory is on the disk.
    borrowing func synchronize() throws(StoreError) {
        guard fsync(descriptor) == 0 else { throw Self.failure(path) }
    }

    /// Takes the file's lock, flock(2), until this value ends; false when another open file has it.
    borrowing func tryLock() throws(StoreError) -> Bool {
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw Self.failure(path) }
        return false
    }

    /// Gives the lock up at once, for every copy of the descriptor.
    func unlock() {
        flock(descriptor, LOCK_UN)
    }

    /// The first bytes of the file, at most 32.
    borrowing func beginning() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
        }
    }

    /// Replaces the file's content.
    borrowing func replaceContent(_ text: String) throws(StoreError) {
        let bytes = Array(text.utf8)
        guard ftruncate(descriptor, 0) == 0,
            pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
        else { throw Self.failure(path) }
    }

    private static func failure(_ path: String) -> StoreError {
        .directory(path: path, reason: String(cString: strerror(errno)))
    }
}
