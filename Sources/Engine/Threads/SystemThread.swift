private import Glibc

/// A POSIX thread that runs one closure to its end.
///
/// For work that blocks, or that owns a loop of its own: a thread of Swift's shared pool
/// must do neither.
package struct SystemThread: Sendable {
    private let thread: pthread_t

    /// Starts the thread.
    ///
    /// Signals are left to the other threads of the process.
    ///
    /// - Parameter name: At most 15 bytes, as tools such as top(1) show it.
    package init(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemThreadError) {
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        var thread = pthread_t()
        // It begins with the mask of its creator, and would take a signal before it set its own.
        var mask = Self.signalsOfOthers
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &mask, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, start.toOpaque())
        guard result == 0 else {
            start.release()
            throw SystemThreadError(reason: String(cString: strerror(result)))
        }
        self.thread = thread
    }

    /// Whether the caller runs on this thread.
    package var isCurrent: Bool { pthread_equal(thread, pthread_self()) != 0 }

    /// Waits for the closure's end; called once, or `detach` instead.
    package func join() {
        let result = pthread_join(thread, nil)
        precondition(result == 0, "a thread was joined twice or by itself")
    }

    /// Lets the thread end without anybody waiting.
    package func detach() {
        pthread_detach(thread)
    }

    /// Lets every other thread go before the calling one, where there is not enough time for all.
    package static func stepBack() {
        // On Linux the priority is a thread's own (setpriority(2), NOTES).
        setpriority(Int32(PRIO_PROCESS.rawValue), 0, backgroundNiceness)
    }

    private static var signalsOfOthers: sigset_t {
        var signals = sigset_t()
        sigfillset(&signals)
        // A crash of this thread is reported where it happens.
        for signal in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP] {
            sigdelset(&signals, signal)
        }
        return signals
    }

    /// A tenth of the weight of a usual thread.
    private static let backgroundNiceness: Int32 = 10

    /// Lets the calling thread rest; never on the core's.
    package static func sleep(_ duration: Duration) {
        let nanoseconds = max(0, duration.nanoseconds)
        var time = timespec(
            tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        var left = timespec()
        while nanosleep(&time, &left) != 0 && errno == EINTR { time = left }
    }

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }

        func run() {
            // pthread_setname_np(3) is not in Swift's module of the C library.
            let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
            if file >= 0 {
                _ = write(file, name, name.utf8.count)
                Glibc.close(file)
            }
            body()
        }
    }
}

/// The system has no thread left.
package struct SystemThreadError: Error, Sendable, Equatable {
    package let reason: String
}
