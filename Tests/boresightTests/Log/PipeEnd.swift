import Glibc
import Synchronization

/// Reads a pipe to its end on a thread of its own, so that no test waits for a free task thread.
final class PipeEnd: Sendable {
    /// What writers write into; closed by `text()`.
    let writer: Int32
    private let reader: Int32
    private let bytes = Mutex<[UInt8]>([])
    private let thread = Mutex<pthread_t?>(nil)

    init() {
        var ends: [Int32] = [0, 0]
        let code = pipe(&ends)
        precondition(code == 0, "no pipe")
        // A program that another test starts must not keep the pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reader = ends[0]
        writer = ends[1]
    }

    /// Begins to read; until then a full pipe stays full.
    func start() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<PipeEnd>.fromOpaque(context).takeRetainedValue().readAll()
                return nil
            }, context)
        precondition(code == 0, "no thread")
        self.thread.withLock { $0 = thread }
    }

    /// Everything that was written; closes both ends. Once, after `start`.
    func text() -> String {
        close(writer)
        if let thread = thread.withLock({ $0 }) { pthread_join(thread, nil) }
        close(reader)
        return String(decoding: bytes.withLock { $0 }, as: UTF8.self)
    }

    private func readAll() {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(reader, &chunk, chunk.count)
            guard count > 0 else { return }
            bytes.withLock { $0 += chunk[..<count] }
        }
    }
}
