import Engine
import Foundation
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

    private let folder: String
    private let limits: Limits
    private let isEnding = Mutex(false)
    private let wake = Wakeup()
    private let thread = Mutex<SystemThread?>(nil)

    init(folder: String, limits: Limits = Limits()) throws(CommandFailure) {
        self.folder = folder
        self.limits = limits
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(.failure, "cannot make \(folder): \(error.localizedDescription)")
        }
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
        thread.withLock { thread in
            defer { thread = nil }
            return thread
        }?.join()
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
        let keys: Set<URLResourceKey> = [.contentModificationDateKey, .fileSizeKey]
        let found = try? FileManager.default.contentsOfDirectory(
            at: URL(filePath: folder), includingPropertiesForKeys: Array(keys))
        var files = (found ?? []).compactMap { file -> (file: URL, time: Date, bytes: Int)? in
            guard let values = try? file.resourceValues(forKeys: keys),
                let time = values.contentModificationDate, let bytes = values.fileSize
            else { return nil }
            return (file, time, bytes)
        }
        files.sort { ($0.time, $0.file.path) < ($1.time, $1.file.path) }
        var bytes = files.reduce(0) { $0 + $1.bytes }
        var count = files.count
        for file in files where count > limits.files || bytes > limits.bytes {
            guard (try? FileManager.default.removeItem(at: file.file)) != nil else { continue }
            bytes -= file.bytes
            count -= 1
        }
    }
}
