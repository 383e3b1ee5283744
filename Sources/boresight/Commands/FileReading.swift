import Glibc

/// Reads small files whole; `-` is standard input.
enum FileReading {
    static func bytes(of path: String, atMost maxBytes: Int) throws(FileProblem) -> [UInt8] {
        let isStandardInput = path == "-"
        let descriptor = isStandardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem(errno) }
        defer { if !isStandardInput { close(descriptor) } }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw problem(errno)
            }
            bytes += chunk[..<count]
            guard bytes.count <= maxBytes else {
                throw FileProblem(isMissing: false, message: "more than \(maxBytes) bytes")
            }
        }
    }

    private static func problem(_ code: Int32) -> FileProblem {
        FileProblem(isMissing: code == ENOENT, message: String(cString: strerror(code)))
    }
}
