import Glibc

/// One file that lines are appended to, with `write(2)` and no buffer of its own.
struct RecordingPart: ~Copyable {
    let path: String
    private let descriptor: Int32
    private(set) var bytes = 0

    /// Creates the file, readable by its owner only. What is there is cut to nothing: the caller
    /// has chosen a free name.
    init(path: String) throws(RecordingFileError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw RecordingFileError(path: path, code: errno) }
    }

    deinit {
        close(descriptor)
    }

    mutating func append(_ block: ArraySlice<UInt8>) throws(RecordingFileError) {
        var written = 0
        while written < block.count {
            let count = block.withUnsafeBytes { buffer in
                Glibc.write(
                    descriptor, buffer.baseAddress.map { $0 + written }, block.count - written)
            }
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw RecordingFileError(path: path, code: errno)
            }
            written += count
        }
        bytes += block.count
    }

    /// Waits until the disk has it.
    func synchronize() {
        fdatasync(descriptor)
    }
}

/// A recording's file could not be written.
package struct RecordingFileError: Error, Sendable, Equatable, CustomStringConvertible {
    package let path: String
    /// `errno`.
    package let code: Int32

    package var description: String { "\(path): " + String(cString: strerror(code)) }
}
