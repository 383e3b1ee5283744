/// An actor that lives in a core: its executor is the core's.
///
/// All actors of one core share one thread, so entering another of them is a plain call.
package protocol CoreActor: Actor {
    /// The core that runs this actor; fixed for its lifetime.
    nonisolated var core: Core { get }
}

extension CoreActor {
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        core.executor.asUnownedSerialExecutor()
    }

    /// Runs `body` inside this actor at once, without suspending.
    ///
    /// Traps when called from outside the core's thread: that is a programmer's error.
    package nonisolated func enter<Success: Sendable, Failure: Error>(
        _ body: (isolated Self) throws(Failure) -> Success
    ) throws(Failure) -> Success {
        core.executor.checkIsolated()
        return try enterConfined(body)
    }

    /// Enters without looking at the thread: for the loop itself, which is on it.
    nonisolated func enterConfined<Success: Sendable, Failure: Error>(
        _ body: (isolated Self) throws(Failure) -> Success
    ) throws(Failure) -> Success {
        try withoutActuallyEscaping(body) { (body) throws(Failure) in
            // What `assumeIsolated` does after its own, slower check: isolation is a matter of the
            // closure's type, and the line above has made sure of the thread.
            let plain = unsafeBitCast(body, to: ((Self) throws(Failure) -> Success).self)
            return try plain(self)
        }
    }
}
