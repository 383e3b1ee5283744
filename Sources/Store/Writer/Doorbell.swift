private import Glibc

/// Wakes one sleeping thread; a ring while it is awake is kept for its next sleep.
///
/// A POSIX mutex and condition: `Mutex` has no condition to wait for, and a semaphore's deadline
/// follows the wall clock, which jumps when a board without a battery gets the time.
final class Doorbell: Sendable {
    // Unsafe only for the compiler: the addresses never change, any thread may use a mutex and a
    // condition, and the third is read and written under the mutex.
    nonisolated(unsafe) private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(
        capacity: 1)
    nonisolated(unsafe) private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(
        capacity: 1)
    nonisolated(unsafe) private let hasRung = UnsafeMutablePointer<Bool>.allocate(capacity: 1)

    init() {
        lock.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        hasRung.initialize(to: false)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        defer { pthread_condattr_destroy(&attributes) }
        precondition(
            pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0
                && pthread_mutex_init(lock, nil) == 0
                && pthread_cond_init(condition, &attributes) == 0,
            "no condition")
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(lock)
        lock.deallocate()
        condition.deallocate()
        hasRung.deallocate()
    }

    /// Wakes the sleeper, or the next one.
    ///
    /// Callable from any thread; does not block.
    func ring() {
        pthread_mutex_lock(lock)
        hasRung.pointee = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(lock)
    }

    /// Sleeps until a ring.
    func sleep() {
        sleep { pthread_cond_wait(condition, lock) }
    }

    /// Sleeps until a ring, at most for this long.
    func sleep(atMost duration: Duration) {
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        let (seconds, attoseconds) = duration.components
        let nanoseconds = deadline.tv_nsec + Int(attoseconds / 1_000_000_000)
        deadline.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000
        sleep {
            pthread_cond_timedwait(condition, lock, &deadline)
        }
    }

    private func sleep(_ wait: () -> Int32) {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while !hasRung.pointee {
            let result = wait()
            if result == ETIMEDOUT { return }
            precondition(result == 0, "waiting for a condition failed")
        }
        hasRung.pointee = false
    }
}
