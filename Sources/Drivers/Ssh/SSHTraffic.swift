package import Engine

/// What the core asks of the edge for one run.
package enum SSHAction: Sendable, Equatable {
    case run(SSHCommand)
    /// Ends the run; an ended one is left alone.
    case cancel
}

/// What happened to a run.
///
/// After a `run`: at most one `connected`, any number of `output`, and exactly one of the final
/// events, which is the last of that run.
package enum SSHEvent: Sendable, Equatable {
    /// The user is logged in.
    case connected
    /// A piece of what the command prints, as it came; `isError` for standard error. The order
    /// within each of the two streams is the command's.
    case output([UInt8], isError: Bool)
    /// The command ended by itself.
    case ended(exitCode: UInt32)
    /// A signal ended the command; the name has no `SIG` in front.
    case signalled(String)
    case failed(SSHError)

    package var isFinal: Bool {
        switch self {
        case .connected, .output: false
        case .ended, .signalled, .failed: true
        }
    }
}

/// One action on its way out of the core.
package struct SSHRequest: StreamPayload, Equatable {
    package let run: UInt64
    package let action: SSHAction

    package init(run: UInt64, action: SSHAction) {
        self.run = run
        self.action = action
    }

    package var stream: StreamName { StreamName("ssh", run) }

    /// Of the authentication only the kind, of the input nothing: a recording has no more.
    package func feed(into sink: inout some ByteSink) {
        guard case .run(let command) = action else { return sink.append(1 as UInt64) }
        sink.append(0 as UInt64)
        sink.append(command.host)
        sink.append(UInt64(command.port))
        sink.append(command.user)
        sink.append(command.authentication.description)
        sink.append(command.hostKeyFingerprint ?? "")
        sink.append(command.text)
        sink.append(UInt64(bitPattern: command.connectTimeout.nanoseconds))
        sink.append(UInt64(bitPattern: command.totalTimeout.nanoseconds))
    }
}

/// One event on its way into the core.
package struct SSHReport: StreamPayload, Equatable {
    package let run: UInt64
    package let event: SSHEvent

    package init(run: UInt64, event: SSHEvent) {
        self.run = run
        self.event = event
    }

    package var stream: StreamName { StreamName("ssh", run) }

    package func feed(into sink: inout some ByteSink) {
        switch event {
        case .connected:
            sink.append(0 as UInt64)
        case .output(let bytes, let isError):
            sink.append(isError ? 2 : 1 as UInt64)
            sink.append(bytes)
        case .ended(let exitCode):
            sink.append(3 as UInt64)
            sink.append(UInt64(exitCode))
        case .signalled(let name):
            sink.append(4 as UInt64)
            sink.append(name)
        case .failed(let error):
            sink.append(5 as UInt64)
            error.feed(into: &sink)
        }
    }
}

extension SSHError {
    /// A number of its own for each error, stable across versions.
    fileprivate func feed(into sink: inout some ByteSink) {
        switch self {
        case .refused: sink.append(1 as UInt64)
        case .unresolvable: sink.append(2 as UInt64)
        case .connectTimedOut: sink.append(3 as UInt64)
        case .commandTimedOut: sink.append(4 as UInt64)
        case .hostKeyMismatch(let found):
            sink.append(5 as UInt64)
            sink.append(found)
        case .hostKeyUnknown(let fingerprint):
            sink.append(6 as UInt64)
            sink.append(fingerprint)
        case .authenticationRefused: sink.append(7 as UInt64)
        case .keyUnreadable: sink.append(8 as UInt64)
        case .invalidCommand: sink.append(9 as UInt64)
        case .commandRefused: sink.append(10 as UInt64)
        case .disconnected: sink.append(11 as UInt64)
        case .protocolFailed: sink.append(12 as UInt64)
        case .outputTooLong: sink.append(13 as UInt64)
        case .busy: sink.append(14 as UInt64)
        case .cancelled: sink.append(15 as UInt64)
        case .noThread: sink.append(16 as UInt64)
        case .keyTooSlow: sink.append(17 as UInt64)
        case .other(let code): sink.append(1 << 32 | UInt64(UInt32(bitPattern: code)))
        }
    }
}
