package import Engine

/// What knows the key of the hosts, and nothing else does: a stand-in in a replay.
package protocol HostKeyEdge: Sendable {
    /// Looks whether a key is the right one; the token that it opens the door with, or nil.
    ///
    /// Called on the core's thread; takes microseconds.
    ///
    /// - Parameters:
    ///   - issuedAt: seconds since 1970.
    ///   - expiresAt: the same.
    func token(for key: Password, issuedAt: Int64, expiresAt: Int64) -> String?
}

/// A try to come in as a host, on its way out of the core.
package struct HostOrder: StreamPayload {
    package let number: UInt64
    package let key: Password
    package let issuedAt: Int64
    package let expiresAt: Int64

    package var stream: StreamName { StreamName("hosts", number) }

    /// Not the key.
    package func feed(into sink: inout some ByteSink) {
        sink.append(number)
        sink.append(UInt64(bitPattern: issuedAt))
        sink.append(UInt64(bitPattern: expiresAt))
    }
}

/// What became of it, on its way into the core.
package struct HostReport: StreamPayload, Equatable {
    package let number: UInt64
    /// A JSON Web Token (RFC 7519); nil when the key is wrong.
    package let token: String?

    package init(number: UInt64, token: String?) {
        self.number = number
        self.token = token
    }

    package var stream: StreamName { StreamName("hosts", number) }

    /// Of the token what it claims, and not what proves it.
    package func feed(into sink: inout some ByteSink) {
        sink.append(number)
        sink.append(String(token?.prefix { $0 != "." } ?? ""))
    }
}

/// The core's door to the hosts' key, and who waits for which answer.
package final class HostDesk: Sendable {
    private let router: Switchboard<String?>
    private let orders: OutputPort<HostOrder>
    private let reports: InputPort<HostReport>

    /// Opens the doors. Core only.
    package init(core: Core, edge: (any HostKeyEdge)?) {
        let router = Switchboard<String?>(core: core)
        let reports = core.inputPort(to: router) { (router, report: HostReport) in
            router.answer(report.number, report.token)
        }
        orders = core.outputPort(release: .immediate) { orders in
            guard let edge else { return }
            for order in orders {
                let token = edge.token(
                    for: order.key, issuedAt: order.issuedAt, expiresAt: order.expiresAt)
                // The caller is the core's thread, whose inbox takes what it sends itself.
                _ = reports.send(HostReport(number: order.number, token: token))
            }
        }
        self.router = router
        self.reports = reports
    }

    /// Looks whether a key is the right one; `then` is called once, on the core, in a later turn.
    /// Core only.
    package func logIn(
        _ key: Password, issuedAt: Int64, expiresAt: Int64,
        then: @escaping @Sendable (String?) -> Void
    ) {
        let number = router.enter { $0.add(then) }
        orders.emit(
            HostOrder(number: number, key: key, issuedAt: issuedAt, expiresAt: expiresAt))
    }

    /// Lets the core hear what became of a try; for a replay.
    package func hear(_ report: HostReport) {
        reports.send(report)
    }
}
