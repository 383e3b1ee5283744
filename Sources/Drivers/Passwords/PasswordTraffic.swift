package import Engine

/// One piece of work on its way out of the core.
package struct PasswordOrder: StreamPayload {
    package enum Work: Sendable {
        case hash(Password)
        /// Without a hash to compare with it costs the same, and is never right.
        case verify(Password, PasswordHash?)
        case factor(FactorWork)
    }

    package let job: UInt64
    package let work: Work

    package var stream: StreamName { StreamName("passwords", job) }

    /// Neither the password nor the hash, nor any other secret.
    package func feed(into sink: inout some ByteSink) {
        sink.append(job)
        switch work {
        case .hash: sink.append(1 as UInt64)
        case .verify: sink.append(2 as UInt64)
        case .factor(.make): sink.append(3 as UInt64)
        case .factor(.step(_, _, let seconds)):
            sink.append(4 as UInt64)
            sink.append(UInt64(bitPattern: seconds))
        case .factor(.recovery): sink.append(5 as UInt64)
        }
    }
}

/// What became of it, on its way into the core.
package struct PasswordReport: StreamPayload {
    package enum Result: Sendable, Equatable {
        case hashed(PasswordHash)
        case verified(Bool)
        case factor(FactorAnswer)
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

    /// Not the hash, nor any other secret.
    package func feed(into sink: inout some ByteSink) {
        sink.append(job)
        switch result {
        case .hashed: sink.append(1 as UInt64)
        case .verified(let isRight): sink.append(isRight ? 3 : 2 as UInt64)
        case .failed: sink.append(4 as UInt64)
        case .factor(.made): sink.append(5 as UInt64)
        case .factor(.step(let step)):
            sink.append(6 as UInt64)
            sink.append(UInt64(bitPattern: step ?? -1))
        case .factor(.recovery(let index)):
            sink.append(7 as UInt64)
            sink.append(UInt64(bitPattern: Int64(index ?? -1)))
        }
    }
}
