import Foundation
import Synchronization

/// Threads of a test's own: what blocks them keeps no other test waiting.
enum Threads {
    /// Runs as many at once, and waits for all.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let last = Countdown(count) { continuation.resume() }
            for index in 0..<count {
                Thread.detachNewThread {
                    body(index)
                    last.count()
                }
            }
        }
    }

    private final class Countdown: Sendable {
        private let left: Mutex<Int>
        private let done: @Sendable () -> Void

        init(_ count: Int, done: @escaping @Sendable () -> Void) {
            left = Mutex(count)
            self.done = done
        }

        func count() {
            let isLast = left.withLock { left in
                left -= 1
                return left == 0
            }
            if isLast { done() }
        }
    }
}
