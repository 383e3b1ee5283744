import CLinux
import Glibc

/// Waits for the signals that ask a program to end.
struct EndingSignals {
    /// One that has come.
    struct Signal {
        let number: Int32
        /// Whether the kernel sent it, as for Ctrl-C: then every program of the terminal has it.
        let isFromKernel: Bool

        var name: String {
            switch number {
            case SIGTERM: "SIGTERM"
            case SIGINT: "SIGINT"
            default: "SIGHUP"
            }
        }
    }

    private var set = sigset_t()
    private var previous = sigset_t()

    /// Blocks the signals in this thread and in every thread that it starts later.
    ///
    /// - Parameter more: signals to wait for besides.
    init(and more: [Int32] = []) {
        sigemptyset(&set)
        for signal in [SIGTERM, SIGINT, SIGHUP] + more { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, &previous)
    }

    /// What this thread had blocked before, for programs that it starts.
    var maskBefore: sigset_t { previous }

    /// Lets the signals do again what they did before.
    func unblock() {
        var previous = previous
        pthread_sigmask(SIG_SETMASK, &previous, nil)
    }

    /// Waits for a while; nil when none came.
    func next(atMost patience: Duration) -> Signal? {
        var set = set
        let (seconds, attoseconds) = max(.zero, patience).components
        var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        var information = siginfo_t()
        let signal = sigtimedwait(&set, &information, &time)
        guard signal > 0 else { return nil }
        return Signal(number: signal, isFromKernel: information.si_code == SI_KERNEL)
    }

    /// The name of the one that came; nil when none came in a while.
    func wait(atMost patience: Duration) -> String? {
        next(atMost: patience)?.name
    }

    /// Waits, and returns the name of the signal that came.
    func wait() -> String {
        var set = set
        var signal: Int32 = 0
        while sigwait(&set, &signal) != 0 {}
        return Signal(number: signal, isFromKernel: false).name
    }
}
