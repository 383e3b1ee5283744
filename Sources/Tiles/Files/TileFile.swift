import Glibc

/// What tells a file from one that has taken its place.
struct FileIdentity: Sendable, Hashable {
    private let device: UInt
    private let number: UInt
    private let seconds: Int
    private let nanoseconds: Int
    let bytes: Int

    fileprivate init(_ status: stat) {
        device = UInt(status.st_dev)
        number = UInt(status.st_ino)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
        bytes = Int(status.st_size)
    }

    /// Nil when there is no regular file, or none that may be read.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(status)
    }

    /// Differs between two files that stood at one place.
    var tag: String {
        [device, number, UInt(bitPattern: seconds), UInt(bitPattern: nanoseconds)]
            .map { String($0, radix: 36) }.joined(separator: "-") + "-\(bytes)"
    }
}

/// Bytes of a file by their place. Owns its descriptor.
final class TileFile {
    private let descriptor: Int32
    let bytes: Int

    init(path: String) throws(TileProblem) {
        // Without waiting for the other end of what turns out to be a pipe.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw TileProblem("cannot be opened: " + String(cString: strerror(errno)))
        }
        var status = stat()
        let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        // From here on the descriptor is closed with the last reference.
        bytes = isFile ? Int(status.st_size) : 0
        guard isFile else { throw TileProblem("is not a file") }
    }

    deinit {
        close(descriptor)
    }

    /// Reads so many bytes, all of which must be there.
    ///
    /// - Parameter what: for the error.
    func read(
        _ what: String, from offset: UInt64, count: UInt64, most: Int
    ) throws(TileProblem) -> [UInt8] {
        guard count <= UInt64(most) else {
            throw TileProblem("\(what) has \(count) bytes, which is over \(most)")
        }
        let (end, isTooFar) = offset.addingReportingOverflow(count)
        guard !isTooFar, end <= UInt64(bytes) else {
            throw TileProblem("\(what) is not within the file, which may be cut")
        }
        let wanted = Int(count)
        var failure: Int32 = 0
        let read = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while filled < wanted {
                let more = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, wanted - filled,
                    Int(offset) + filled)
                if more < 0, errno == EINTR { continue }
                guard more > 0 else {
                    failure = more < 0 ? errno : EIO
                    break
                }
                filled += more
            }
        }
        guard read.count == wanted else {
            throw TileProblem("\(what) cannot be read: " + String(cString: strerror(failure)))
        }
        return read
    }
}
