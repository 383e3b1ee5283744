import Synchronization
import TestSupport
import Transport

/// Somebody who wants to be told of events: keeps what comes, and answers as it is told to.
final class HookServer: Sendable {
    struct Delivery: Sendable, Equatable {
        let event: String?
        let number: String?
        let signature: String?
        let body: String
    }

    private struct State {
        var server: TransportServer?
        /// Nil for no answer at all.
        var status: Int? = 200
        var deliveries: [Delivery] = []
    }

    private let state = Mutex(State())
    let url: String

    init() throws {
        let port = try Loopback.freePort()
        url = "http://127.0.0.1:\(port)/hook"
        let server = try TransportServer(
            listeners: [ListenerConfiguration(host: "127.0.0.1", port: port)]
        ) { [weak self] inputs in self?.hear(inputs) }
        state.withLock { $0.server = server }
        _ = try server.start()
    }

    deinit {
        let server = state.withLock { $0.server }
        server?.shutDown(grace: .zero)
    }

    /// What came, what was refused included.
    var deliveries: [Delivery] { state.withLock { $0.deliveries } }

    func answer(with status: Int?) {
        state.withLock { $0.status = status }
    }

    private func hear(_ inputs: [TransportInput]) {
        state.withLock { state in
            for case .request(let request) in inputs {
                state.deliveries.append(
                    Delivery(
                        event: request.headers["X-Webhook-Event"],
                        number: request.headers["X-Webhook-Delivery"],
                        signature: request.headers["X-Webhook-Signature"],
                        body: String(decoding: request.body, as: UTF8.self)))
                guard let status = state.status else { continue }
                state.server?.perform([
                    .respond(request: request.id, HTTPResponse(status: status))
                ])
            }
        }
    }
}
