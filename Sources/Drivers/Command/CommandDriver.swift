package import Engine

/// Carries out one order on one device. Real and simulated drivers pass the same contract tests.
///
/// An actor of its owner's core, made for one attempt: a further attempt takes another driver.
package protocol CommandDriver: CoreActor {
    /// Begins; `report` is called on the core, never within this call.
    ///
    /// What follows: at most one `reached`, any number of `output` behind it, and exactly one final
    /// event, which is the last.
    func run(_ order: DeviceOrder, _ report: @escaping @Sendable (CommandEvent) -> Void)

    /// Breaks off what is under way; nothing is reported any more.
    func cancel()
}

/// What happens to an order.
package enum CommandEvent: Sendable, Equatable {
    /// The device has been given the order, or will have obeyed a part of it from now on.
    case reached
    /// A piece of what the device says, as it came: a character may be cut in two.
    case output([UInt8])
    /// The device has done with it; zero is success.
    case ended(exitCode: Int)
    /// A signal ended it on the device; the name has no `SIG` in front.
    case signalled(String)
    case failed(CommandFailure)

    package var isFinal: Bool {
        switch self {
        case .reached, .output: false
        case .ended, .signalled, .failed: true
        }
    }
}

/// Why an order was not carried out.
package struct CommandFailure: Error, Sendable, Equatable {
    /// One phrase for the operator.
    package let reason: String
    /// The device could not be reached and has heard nothing of the order: it may be tried again.
    package let isUnreachable: Bool

    package init(_ reason: String, isUnreachable: Bool = false) {
        self.reason = reason
        self.isUnreachable = isUnreachable
    }
}
