import CLinux
import Engine
import Synchronization

/// Makes the content of one pace on a thread of its own, one after the other.
///
/// The thread is never waited for: it owns nothing that would have to be finished.
final class ContentLane: Sendable {
    private enum Order: Sendable {
        case make(UInt64, ContentPlan)
        case stop
    }

    private let orders: Outbox<Order>
    private let backlog: Backlog

    /// How many are waiting or being made, and whether anybody still wants them.
    private final class Backlog: Sendable {
        let count = Atomic<Int>(0)
        let isOver = Atomic<Bool>(false)
    }

    /// Nil when the system has no thread or descriptor left.
    ///
    /// - Parameter answered: called on the lane's thread.
    init?(
        _ pace: ContentPlan.Pace, _ source: any ContentSource,
        answered: @escaping @Sendable (UInt64, HTTPResponse) -> Void
    ) {
        guard let orders = try? Outbox<Order>() else { return nil }
        let backlog = Backlog()
        let body: @Sendable () -> Void = {
            // What takes seconds may take some more, and nobody else's time.
            if pace == .slow { SystemThread.stepBack() }
            Self.run(orders, backlog, source, answered)
        }
        guard let thread = try? SystemThread(name: "content \(pace.rawValue)", body) else {
            return nil
        }
        thread.detach()
        self.orders = orders
        self.backlog = backlog
    }

    deinit {
        backlog.isOver.store(true, ordering: .relaxed)
        orders.post(.stop)
    }

    /// False when more than `most` would wait. One thread only.
    func take(_ request: UInt64, _ plan: ContentPlan, most: Int) -> Bool {
        guard backlog.count.load(ordering: .relaxed) < most else { return false }
        backlog.count.add(1, ordering: .relaxed)
        orders.post(.make(request, plan))
        return true
    }

    private static func run(
        _ orders: Outbox<Order>, _ backlog: Backlog, _ source: any ContentSource,
        _ answered: (UInt64, HTTPResponse) -> Void
    ) {
        while true {
            _ = clinux_wait_readable(orders.descriptor, -1)
            for order in orders.take() {
                guard case .make(let request, let plan) = order,
                    !backlog.isOver.load(ordering: .relaxed)
                else { return }
                let answer = source.answer(to: plan).adding(plan.headers)
                backlog.count.subtract(1, ordering: .relaxed)
                answered(request, answer)
            }
        }
    }
}

extension HTTPResponse {
    /// The same with more headers behind its own.
    func adding(_ more: HTTPHeaders) -> HTTPResponse {
        var headers = headers
        for field in more.fields { headers.add(field.name, field.value) }
        return HTTPResponse(status: status, headers: headers, body: body)
    }
}
