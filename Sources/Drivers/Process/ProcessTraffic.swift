package import Engine

/// What the core asks of the edge for one run.
package enum ProcessAction: Sendable, Equatable {
    case start(ProgramCall)
    /// Ends the run, gently first; an ended one is left alone.
    case stop
}

/// What happened to a run.
///
/// After a `start`: at most one `started`, at most one `output` and exactly one of the final
/// events, which is the last of that run and comes when no process of it is left.
package enum ProcessEvent: Sendable, Equatable {
    /// It can be worked with, at that port if it has one.
    case started(port: UInt16?)
    /// All that it has printed, just before it ended; only where the call wants it.
    case output([UInt8])
    /// The program ended, by itself or as it was asked to.
    case ended(exitCode: UInt8)
    /// A signal ended the program; the name has no `SIG` in front.
    case signalled(String)
    case failed(ProcessError)

    package var isFinal: Bool {
        switch self {
        case .started, .output: false
        case .ended, .signalled, .failed: true
        }
    }
}

/// One action on its way out of the core.
package struct ProcessRequest: StreamPayload, Equatable {
    package let run: UInt64
    package let action: ProcessAction

    package init(run: UInt64, action: ProcessAction) {
        self.run = run
        self.action = action
    }

    package var stream: StreamName { StreamName("process", run) }

    /// Of the environment the names only, as in a recording.
    package func feed(into sink: inout some ByteSink) {
        guard case .start(let call) = action else { return sink.append(1 as UInt64) }
        sink.append(0 as UInt64)
        sink.append(call.name)
        sink.append(call.executable)
        sink.append(UInt64(call.arguments.count))
        for argument in call.arguments { sink.append(argument.description) }
        for name in call.environment.keys.sorted() { sink.append(name) }
        sink.append(call.workingDirectory ?? "")
        switch call.output {
        case .log(let path, let bytes):
            sink.append(path)
            sink.append(UInt64(clamping: bytes))
        case .captured: sink.append("")
        }
        switch call.readiness {
        case .atOnce: sink.append(UInt64.max)
        case .port(let port): sink.append(UInt64(port))
        case .pickedPort: sink.append(0 as UInt64)
        }
        sink.append(UInt64(bitPattern: call.startTimeout.nanoseconds))
        sink.append(UInt64(bitPattern: call.stopGrace.nanoseconds))
    }
}

/// One event on its way into the core.
package struct ProcessReport: StreamPayload, Equatable {
    package let run: UInt64
    package let event: ProcessEvent

    package init(run: UInt64, event: ProcessEvent) {
        self.run = run
        self.event = event
    }

    package var stream: StreamName { StreamName("process", run) }

    package func feed(into sink: inout some ByteSink) {
        switch event {
        case .started(let port):
            sink.append(0 as UInt64)
            sink.append(port.map(UInt64.init) ?? .max)
        case .output(let bytes):
            sink.append(1 as UInt64)
            sink.append(bytes)
        case .ended(let exitCode):
            sink.append(2 as UInt64)
            sink.append(UInt64(exitCode))
        case .signalled(let name):
            sink.append(3 as UInt64)
            sink.append(name)
        case .failed(let error):
            sink.append(4 as UInt64)
            sink.append(error.name)
        }
    }
}

extension ProcessError {
    private static let names: [(error: ProcessError, name: String)] = [
        (.notFound, "not found"), (.notExecutable, "not executable"),
        (.noDirectory, "no directory"), (.invalidCall, "invalid call"),
        (.nameTaken, "name taken"), (.tooMany, "too many"), (.portTaken, "port taken"),
        (.noPort, "no port"), (.startTimedOut, "start timed out"),
        (.outputTooLong, "output too long"), (.notEnded, "not ended"),
        (.cancelled, "cancelled"), (.refused, "refused"), (.noThread, "no thread"),
    ]

    /// A name of its own for each error, stable across versions.
    package var name: String {
        switch self {
        case .noLog(let code): "log errno \(code)"
        case .other(let code): "errno \(code)"
        default: Self.names.first { $0.error == self }?.name ?? "errno 0"
        }
    }

    /// Reads what `name` gave.
    package init?(name: String) {
        if let known = Self.names.first(where: { $0.name == name }) {
            self = known.error
        } else if name.hasPrefix("log errno "), let code = Int32(name.dropFirst(10)) {
            self = .noLog(code)
        } else if name.hasPrefix("errno "), let code = Int32(name.dropFirst(6)) {
            self = .other(code)
        } else {
            return nil
        }
    }
}
