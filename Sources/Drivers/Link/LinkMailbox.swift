private import CLinux
private import Glibc
import Synchronization

/// What other threads have for an edge's thread, with a descriptor that wakes it.
///
/// A name look-up may outlive the thread: its answer then lands here and is dropped.
final class LinkMailbox<Letter: Sendable>: Sendable {
    /// Readable while letters wait.
    let descriptor: Int32
    private let letters = Mutex<[Letter]>([])

    init() throws(LinkError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard descriptor >= 0 else { throw .other(errno) }
    }

    deinit {
        close(descriptor)
    }

    func post(_ letter: Letter) {
        letters.withLock { $0.append(letter) }
        var one: UInt64 = 1
        // Full only when the thread has not woken for 2^64 letters; it is readable then as well.
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    func takeAll() -> [Letter] {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
        return letters.withLock { letters in
            defer { letters = [] }
            return letters
        }
    }
}
