import CLinux
import Engine
import Glibc
import Synchronization

/// The folder with what programs of workspaces print and what is written down of their streams:
/// made for the daemon's user only, and kept within bounds on a thread of its own.
final class SessionFiles: Sendable {
    struct Limits: Sendable {
        /// Of files; each session has a log and perhaps a few captures.
        var files = 2000
        /// Of all together: eight full captures.
        var bytes = 2 * 1024 * 1024 * 1024
        /// How often is looked: a desktop fills a card of a few gigabytes in minutes, not seconds.
        var pause = Duration.seconds(60)
    }

    private struct Entry {
        let path: String
        let nanoseconds: Int64
        let bytes: Int
    }

    private let folder: String
    private let limits: Limits
    private let isEnding = Mutex(false)
    private let wake = Wakeup()
    private let thread = Mutex<SystemThread?>(nil)

    init(folder: String, limits: Limits = Limits()) throws(CommandFailure) {
        self.folder = folder
        self.limits = limits
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            let reason = String(cString: strerror(errno))
            throw CommandFailure(.failure, "cannot make the folder \(folder): \(reason)")
        }
    }

    func start() throws(CommandFailure) {
        do throws(SystemThreadError) {
            let started = try SystemThread(name: "files") { [self] in run() }
            thread.withLock { $0 = started }
        } catch {
            throw CommandFailure(.failure, "cannot start a thread: \(error.reason)")
        }
    }

    func stop() {
        isEnding.withLock { $0 = true }
        wake.signal()
        let last = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        last?.join()
    }

    private func run() {
        SystemThread.stepBack()
        while !isEnding.withLock({ $0 }) {
            tidy()
            wake.wait(nanoseconds: limits.pause.nanoseconds)
        }
    }

    /// Removes what was written longest ago, until the rest is within bounds.
    func tidy() {
        // An empty folder has nothing to remove, and neither has one that cannot be read.
        let paths = (try? Folder.files(folder, ending: "")) ?? []
        let files = paths.compactMap(Self.entry).sorted {
            ($0.nanoseconds, $0.path) < ($1.nanoseconds, $1.path)
        }
        var bytes = files.reduce(0) { $0 + $1.bytes }
        var count = files.count
        for file in files where count > limits.files || bytes > limits.bytes {
            guard unlink(file.path) == 0 else { continue }
            bytes -= file.bytes
            count -= 1
        }
    }

    private static func entry(_ path: String) -> Entry? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        let time = status.st_mtim
        return Entry(
            path: path,
            nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec),
            bytes: Int(status.st_size))
    }
}
