import Glibc
import Testing

/// A file system in memory of a given size, unmounted with the last reference.
///
/// Needs root.
final class SmallDisk: Sendable {
    /// Whether this process may mount one; containers often forbid it even to root.
    static let isPossible = geteuid() == 0 && (try? SmallDisk(kilobytes: 64)) != nil

    private let directory: TemporaryDirectory
    var path: String { directory.path }

    init(kilobytes: Int) throws {
        directory = try TemporaryDirectory()
        try #require(mount("tmpfs", directory.path, "tmpfs", 0, "size=\(kilobytes)k") == 0)
    }

    deinit {
        umount2(path, 2)  // MNT_DETACH: also when a failed test left a file open.
    }

    private var ballast: String { "\(path)/ballast" }

    /// Takes all space but this.
    func fill(leavingKilobytes left: UInt) throws {
        var space = statvfs()
        try #require(statvfs(path, &space) == 0)
        let file = open(ballast, O_WRONLY | O_CREAT, 0o600)
        try #require(file >= 0)
        let bytes = space.f_bavail * space.f_bsize - left * 1024
        try #require(posix_fallocate(file, 0, Int(bytes)) == 0)
        close(file)
    }

    /// Gives the space back.
    func makeRoom() throws {
        try #require(unlink(ballast) == 0)
    }
}
