package import Engine

/// One piece of work on its way out of the core.
package struct PasswordOrder: StreamPayload {
    package enum Work: Sendable {
        case hash(Password)
        /// Without a hash to compare with it costs the same, and is never right.
        case verify(Password, PasswordHash?)
    }

    package let job: UInt64
    package let work: Work

    package var stream: StreamName { StreamName("passwords", job) }

    /// Neither the password nor the hash.
    package func feed(into sink: inout some ByteSink) {
        sink.append(job)
        switch work {
        case .hash: sink.append(1 as UInt64)
        case .verify: sink.append(2 as UInt64)
        }
    }
}

/// What became of it, on its way into the core.
package struct PasswordReport: StreamPayload {
    package enum Result: Sendable, Equatable {
        case hashed(PasswordHash)
        case verified(Bool)
        /// The system has no memory or no thread for it.
        case failed
    }

    package let job: UInt64
    package let result: Result

    package init(job: UInt64, result: Result) {
        self.job = job
        self.result = result
    }

    package var stream: StreamName { StreamName("passwords", job) }

    /// Not the hash.
    package func feed(into sink: inout some ByteSink) {
        sink.append(job)
        switch result {
        case .hashed: sink.append(1 as UInt64)
        case .verified(let isRight): sink.append(isRight ? 3 : 2 as UInt64)
        case .failed: sink.append(4 as UInt64)
        }
    }
}
