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
        start(.hash(password)) { result in
            switch result {
            case .success(.hashed(let hash)): then(.success(hash))
            case .success: then(.failure(.failed))
            case .failure(let error): then(.failure(error))
            }
        }
    }

    /// Looks whether a password is the one that a hash was made of; `then` is called once, on the
    /// core. Core only.
    ///
    /// - Parameter hash: nil where there is none, which takes as long as a wrong password.
    package func verify(
        _ password: Password, _ hash: PasswordHash?,
        then: @escaping @Sendable (Result<Bool, PasswordError>) -> Void
    ) {
        start(.verify(password, hash)) { result in
            switch result {
            case .success(.verified(let isRight)): then(.success(isRight && hash != nil))
            case .success: then(.failure(.failed))
            case .failure(let error): then(.failure(error))
            }
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

    private func start(
        _ work: PasswordOrder.Work,
        _ then: @escaping @Sendable (Result<PasswordReport.Result, PasswordError>) -> Void
    ) {
        guard desk.enter({ $0.count }) < limits.waitingJobs else { return then(.failure(.busy)) }
        let job = desk.enter { desk in
            desk.add { then($0 == .failed ? .failure(.failed) : .success($0)) }
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
