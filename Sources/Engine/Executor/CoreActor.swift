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
        do {
            return try assumeIsolated(body)
        } catch let error as Failure {
            throw error
        } catch {
            // `assumeIsolated` rethrows what `body` threw, and forgets only its type.
            preconditionFailure("an error of another type: \(error)")
        }
    }
}
