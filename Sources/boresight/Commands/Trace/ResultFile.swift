import Glibc

/// A file that a command makes.
enum ResultFile {
    /// Writes the file whole, in place of one of that name.
    static func write(_ bytes: [UInt8], to path: String) throws(FileProblem) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw problem(errno) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                let code = errno
                close(descriptor)
                throw problem(code)
            }
        }
        // A full disk may show only now.
        guard close(descriptor) == 0 else { throw problem(errno) }
    }

    private static func problem(_ code: Int32) -> FileProblem {
        FileProblem(isMissing: code == ENOENT, message: String(cString: strerror(code)))
    }
}
