/// Tasks that wait for engine time, each by a number of its own.
struct Sleepers {
    private var waiting: [UInt64: CheckedContinuation<Void, any Error>] = [:]
    /// Sleeps that were cancelled before they had begun.
    private var cancelledEarly: Set<UInt64> = []
    private var lastNumber: UInt64 = 0

    mutating func newNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }

    /// False, and the task goes on with a cancellation, when it was cancelled already.
    mutating func add(
        _ number: UInt64, _ continuation: CheckedContinuation<Void, any Error>
    ) -> Bool {
        guard cancelledEarly.remove(number) == nil else {
            continuation.resume(throwing: CancellationError())
            return false
        }
        waiting[number] = continuation
        return true
    }

    mutating func wake(_ number: UInt64) {
        waiting.removeValue(forKey: number)?.resume()
    }

    mutating func cancel(_ number: UInt64) {
        guard let continuation = waiting.removeValue(forKey: number) else {
            cancelledEarly.insert(number)
            return
        }
        continuation.resume(throwing: CancellationError())
    }

    /// Forgets a sleep that is over, so that a late cancellation leaves nothing behind.
    mutating func finish(_ number: UInt64) {
        cancelledEarly.remove(number)
    }
}
