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

    /// Waits, and returns the name of the signal that came.
    func wait() -> String {
        var set = set
        var signal: Int32 = 0
        while sigwait(&set, &signal) != 0 {}
        switch signal {
        case SIGTERM: return "SIGTERM"
        case SIGINT: return "SIGINT"
        default: return "SIGHUP"
        }
    }
}
