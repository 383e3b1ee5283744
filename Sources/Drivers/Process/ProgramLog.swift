private import Glibc

/// The newest output of a program, in two files that take turns.
///
/// The file has what came last. Once it has half of the bytes it becomes `PATH.1`, in the place of
/// the one before, and a new one is begun: so at least the newest half is always there, and never
/// more than all. What the disk does not take is dropped, as the program must not stand still.
struct ProgramLog: ~Copyable {
    private let path: String
    private let half: Int
    private var descriptor: Int32
    private var room: Int

    /// Begins anew, if need be with the folder around it; only the station's user may read it.
    init(path: String, bytes: Int) throws(ProcessError) {
        self.path = path
        half = max(1, bytes / 2)
        room = half
        if let slash = path.lastIndex(of: "/") { mkdir(String(path[..<slash]), 0o700) }
        unlink(path + ".1")
        descriptor = Self.begin(path)
        guard descriptor >= 0 else { throw .noLog(errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if room == 0 { turn() }
            let piece = rest.prefix(room)
            put(UnsafeRawBufferPointer(rebasing: piece))
            room -= piece.count
            rest = rest.dropFirst(piece.count)
        }
    }

    private mutating func turn() {
        if descriptor >= 0 { close(descriptor) }
        rename(path, path + ".1")
        descriptor = Self.begin(path)
        room = half
    }

    private func put(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let count = write(descriptor, piece.baseAddress, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private static func begin(_ path: String) -> Int32 {
        // What is there may be anybody's to read, or a link to somewhere else.
        unlink(path)
        return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    }
}
