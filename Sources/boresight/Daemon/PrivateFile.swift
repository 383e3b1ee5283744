import Glibc

/// A file with one line that is for the operator's eyes only.
enum PrivateFile {
    /// Writes the file whole or not at all, with mode 0600, and on the disk before it returns.
    static func write(_ text: String, to path: String) throws(CommandFailure) {
        let temporary = path + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        let bytes = Array((text + "\n").utf8)
        let isWritten =
            Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(.failure, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
}
