import CLinux
import Glibc
import Synchronization

/// Wakes one thread from its wait: the core's for its next event, a recorder's for lines.
package final class Wakeup: Sendable {
    private let descriptor: Int32
    /// True between a signal and the wait that takes it, so that a burst costs one system call.
    private let signalled = Atomic<Bool>(false)

    package init() {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        precondition(descriptor >= 0, "no descriptor left for the wake-up")
    }

    deinit {
        close(descriptor)
    }

    /// Callable from any thread.
    package func signal() {
        guard !signalled.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Returns when signalled, or after `nanoseconds` (nil: for ever). May return early.
    package func wait(nanoseconds: Int64?) {
        _ = clinux_wait_readable(descriptor, nanoseconds ?? -1)
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
        signalled.store(false, ordering: .sequentiallyConsistent)
    }
}
