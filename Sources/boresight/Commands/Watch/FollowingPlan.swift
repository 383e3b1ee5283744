import Drivers

/// What to do when a socket that is followed opens, breaks or is refused.
struct FollowingPlan {
    enum Step: Equatable {
        /// Say this on standard error, if anything, wait, and open it again.
        case retry(after: Duration, notice: String?)
        case end(CommandFailure)
    }

    /// What to do about a refusal.
    private let remedy: String
    private let server: WebAddress
    private var backoff = ReconnectBackoff()
    private var hasOpened = false
    /// A server that is away for a night is told of once.
    private var lastReason: String?

    /// What servers close with when the right is gone (RFC 6455 §7.4.1: policy violation).
    private static let noRight: UInt16 = 1008

    init(server: WebAddress, remedy: String) {
        self.server = server
        self.remedy = remedy
    }

    /// It is open; what to say about that, if anything.
    mutating func opened() -> String? {
        backoff.reset()
        lastReason = nil
        defer { hasOpened = true }
        return hasOpened ? "following again" : nil
    }

    /// It did not open. A server that was never there is a mistake; one that was will be back.
    mutating func failed(_ problem: SocketProblem, jitter: Double) -> Step {
        switch problem {
        case .unreachable(let problem):
            guard hasOpened else { return .end(problem.failure(server)) }
            return retry("cannot reach \(server): \(problem.reason)", jitter)
        case .refused(let reply):
            let failure = RefusedReply(reply).failure
            // Too many at once, or a server that is not well: neither is an answer to who we are.
            guard reply.status == 429 || reply.status >= 500 else {
                return .end(refusal(failure.message))
            }
            return hasOpened ? retry(failure.message, jitter) : .end(failure)
        }
    }

    /// It was open and is not any more; nil for news that do not end it.
    mutating func ended(_ news: SocketNews, jitter: Double) -> Step? {
        switch news {
        case .text: nil
        case .closed(Self.noRight, let reason): .end(refusal(reason))
        case .closed(let code, let reason):
            retry(reason.isEmpty ? "closed with \(code)" : reason, jitter)
        case .lost(let reason): retry(reason, jitter)
        }
    }

    private mutating func retry(_ reason: String, _ jitter: Double) -> Step {
        defer { lastReason = reason }
        let notice = reason == lastReason ? nil : "\(reason); trying again"
        return .retry(after: backoff.next(jitter: jitter), notice: notice)
    }

    private func refusal(_ reason: String) -> CommandFailure {
        CommandFailure(
            .failure, "the server refuses: \(Words.printable(reason))", hint: remedy)
    }
}
