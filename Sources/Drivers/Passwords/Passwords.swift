package import Engine

/// The core's door to the passwords' edge, and who waits for which answer.
///
/// One for each core, stopped after it.
package final class Passwords: Sendable {
    private let desk: Switchboard<PasswordReport.Result>
    private let edge: any PasswordEdge
    private let orders: OutputPort<PasswordOrder>
    private let reports: InputPort<PasswordReport>
    package let limits: PasswordLimits

    /// Opens the doors. Core only.
    package init(core: Core, edge: any PasswordEdge, limits: PasswordLimits = PasswordLimits()) {
        let desk = Switchboard<PasswordReport.Result>(core: core)
        let reports = core.inputPort(to: desk) { (desk, report: PasswordReport) in
            desk.answer(report.job, report.result)
        }
        // A hash promises nothing that is stored; what is done with it does.
        orders = core.outputPort(release: .immediate) { orders in
            for order in orders { edge.perform(order) { reports.send($0) } }
        }
        self.desk = desk
        self.edge = edge
        self.reports = reports
        self.limits = limits
    }

    /// Makes what is kept of a password; `then` is called once, on the core. Core only.
    package func hash(
        _ password: Password,
        then: @escaping @Sendable (Result<PasswordHash, PasswordError>) -> Void
    ) {
        start(.hash(password), then) { if case .hashed(let hash) = $0 { hash } else { nil } }
    }

    /// Looks whether a password is the one that a hash was made of; `then` is called once, on the
    /// core. Core only.
    ///
    /// - Parameter hash: nil where there is none, which takes as long as a wrong password.
    package func verify(
        _ password: Password, _ hash: PasswordHash?,
        then: @escaping @Sendable (Result<Bool, PasswordError>) -> Void
    ) {
        start(.verify(password, hash), then) { result in
            if case .verified(let isRight) = result { isRight && hash != nil } else { nil }
        }
    }

    // MARK: Second factors

    /// Makes a secret with its recovery codes; `then` is called once, on the core. Core only.
    package func makeFactor(
        then: @escaping @Sendable (Result<NewFactor, PasswordError>) -> Void
    ) {
        start(.factor(.make), then) { if case .factor(.made(let new)) = $0 { new } else { nil } }
    }

    /// Finds the step of time near `seconds` since 1970 whose code this is, nil for none; `then` is
    /// called once, on the core. Core only.
    package func step(
        of code: Password, _ secret: FactorSecret, seconds: Int64,
        then: @escaping @Sendable (Result<Int64?, PasswordError>) -> Void
    ) {
        start(.factor(.step(of: code, secret, seconds: seconds)), then) { result in
            if case .factor(.step(let step)) = result { .some(step) } else { nil }
        }
    }

    /// Finds a recovery code among the hashes of those that are left, nil for none; `then` is
    /// called once, on the core. Core only.
    package func recovery(
        of code: Password, in hashes: [RecoveryHash],
        then: @escaping @Sendable (Result<RecoveryHash?, PasswordError>) -> Void
    ) {
        start(.factor(.recovery(of: code, hashes)), then) { result in
            guard case .factor(.recovery(let index)) = result else { return nil }
            return .some(index.flatMap { hashes.indices.contains($0) ? hashes[$0] : nil })
        }
    }

    /// Lets the core hear what became of an order; for a replay, whose edge does nothing.
    package func hear(_ report: PasswordReport) {
        reports.send(report)
    }

    /// Ends the edge; callable from any thread but the edge's.
    package func stop() {
        edge.stop()
    }

    /// - Parameter read: what `then` is told of a result; nil for one that answers something else.
    private func start<Answer: Sendable>(
        _ work: PasswordOrder.Work,
        _ then: @escaping @Sendable (Result<Answer, PasswordError>) -> Void,
        _ read: @escaping @Sendable (PasswordReport.Result) -> Answer?
    ) {
        guard desk.enter({ $0.count }) < limits.waitingJobs else { return then(.failure(.busy)) }
        let job = desk.enter { desk in
            desk.add { then(read($0).map { .success($0) } ?? .failure(.failed)) }
        }
        orders.emit(PasswordOrder(job: job, work: work))
    }
}

/// Why there is no answer.
package enum PasswordError: Error, Sendable, Equatable {
    /// As many wait as may.
    case busy
    /// The system has no memory or no thread for it.
    case failed
}
