import CLinux
import Glibc
import Synchronization

/// Wakes the core's thread from its wait for the next event.
final class Wakeup: Sendable {
    private let descriptor: Int32
    /// True between a signal and the wait that takes it, so that a burst costs one system call.
    private let signalled = Atomic<Bool>(false)

    init() {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        precondition(descriptor >= 0, "no descriptor left for the core's wake-up")
    }

    deinit {
        close(descriptor)
    }

    /// Callable from any thread.
    func signal() {
        guard !signalled.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Returns when signalled, or after `nanoseconds` (nil: for ever). May return early.
    func wait(nanoseconds: Int64?) {
        _ = clinux_wait_readable(descriptor, nanoseconds ?? -1)
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
        signalled.store(false, ordering: .sequentiallyConsistent)
    }
}
