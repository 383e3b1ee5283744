import CLinux
import Glibc

/// Waits for the signals that ask a program to end.
struct EndingSignals {
    private var set = sigset_t()

    /// Blocks the signals in this thread and in every thread that it starts later.
    init() {
        sigemptyset(&set)
        for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for a while; nil when none came.
    func wait(atMost patience: Duration) -> String? {
        var set = set
        let (seconds, attoseconds) = patience.components
        var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        let signal = sigtimedwait(&set, nil, &time)
        return signal > 0 ? Self.name(signal) : nil
    }

    /// Waits, and returns the name of the signal that came.
    func wait() -> String {
        var set = set
        var signal: Int32 = 0
        while sigwait(&set, &signal) != 0 {}
        return Self.name(signal)
    }

    private static func name(_ signal: Int32) -> String {
        switch signal {
        case SIGTERM: return "SIGTERM"
        case SIGINT: return "SIGINT"
        default: return "SIGHUP"
        }
    }
}
