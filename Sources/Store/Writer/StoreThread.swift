private import Glibc

/// A POSIX thread that runs one closure to its end.
///
/// Flushing to a disk blocks for as long as the disk likes, which a thread of Swift's shared pool
/// must not do.
struct StoreThread: Sendable {
    private let thread: pthread_t

    /// Starts the thread.
    ///
    /// Signals are left to the other threads of the process.
    ///
    /// - Parameter name: At most 15 bytes, as tools such as top(1) show it.
    init(name: String, _ body: @escaping @Sendable () -> Void) throws(StoreError) {
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, start.toOpaque())
        guard result == 0 else {
            start.release()
            throw .thread(reason: String(cString: strerror(result)))
        }
        self.thread = thread
    }

    /// Whether the caller runs on this thread.
    var isCurrent: Bool { pthread_equal(thread, pthread_self()) != 0 }

    /// Waits for the closure's end; called once, or `detach` instead.
    func join() {
        let result = pthread_join(thread, nil)
        precondition(result == 0, "a thread was joined twice or by itself")
    }

    /// Lets the thread end without anybody waiting.
    func detach() {
        pthread_detach(thread)
    }

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }

        func run() {
            var signals = sigset_t()
            sigfillset(&signals)
            // A crash of this thread is reported where it happens.
            for signal in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP] {
                sigdelset(&signals, signal)
            }
            pthread_sigmask(SIG_BLOCK, &signals, nil)
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
