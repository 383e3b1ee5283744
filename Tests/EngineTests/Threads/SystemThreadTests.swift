import Glibc
import Synchronization
import Testing

@testable import Engine

@Suite struct SystemThreadTests {
    private final class Seen: Sendable {
        let name = Mutex("")
        let isSignalBlocked = Mutex(false)
        let isCrashBlocked = Mutex(true)
    }

    @Test func `the thread has its name and leaves signals to others`() throws {
        let seen = Seen()
        let thread = try SystemThread(name: "a name") {
            var signals = sigset_t()
            pthread_sigmask(SIG_BLOCK, nil, &signals)
            seen.isSignalBlocked.withLock { $0 = sigismember(&signals, SIGTERM) == 1 }
            seen.isCrashBlocked.withLock { $0 = sigismember(&signals, SIGSEGV) == 1 }
            guard let file = fopen("/proc/thread-self/comm", "r") else { return }
            defer { fclose(file) }
            var line = [CChar](repeating: 0, count: 32)
            guard fgets(&line, 32, file) != nil else { return }
            seen.name.withLock {
                $0 = String(decoding: line.prefix { $0 > 10 }.map(UInt8.init), as: UTF8.self)
            }
        }
        #expect(!thread.isCurrent)
        thread.join()
        #expect(seen.name.withLock { $0 } == "a name")
        #expect(seen.isSignalBlocked.withLock { $0 })
        #expect(!seen.isCrashBlocked.withLock { $0 })
    }

    @Test func `whoever starts a thread takes the same signals as before`() throws {
        var signals = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &signals)
        let before = (1..<32).map { sigismember(&signals, $0) }
        let thread = try SystemThread(name: "short") {}
        pthread_sigmask(SIG_BLOCK, nil, &signals)
        #expect((1..<32).map { sigismember(&signals, $0) } == before)
        thread.join()
    }
}
