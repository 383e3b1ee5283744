import Synchronization
import TestSupport
import Transport

/// A server whose answers come from another thread, as the core's do.
///
/// It answers requests with their method, path and body, accepts every handshake, and keeps what it
/// hears.
final class EchoServer: Sendable {
    struct Heard {
        var requests: [HTTPRequest] = []
        var messages: [(socket: UInt64, message: WebSocketMessage)] = []
        var opened: [UInt64] = []
        var closed: [UInt64: [UInt16]] = [:]
        var abandoned: [UInt64] = []
        /// Why ports could not be reached.
        var failures: [String] = []
        var totals: [UInt64: [Totals]] = [:]
    }

    /// What has crossed a bridge.
    struct Totals: Equatable {
        let fromClient: UInt64
        let toClient: UInt64
    }

    let address: BoundAddress
    private let ear: Ear
    private let server: TransportServer

    /// - Parameter answer: what to do with a request; nil answers nothing.
    init(
        limits: TransportLimits = TransportLimits(), tls: TLSIdentity? = nil,
        content: (any ContentSource)? = nil,
        answer: @escaping @Sendable (HTTPRequest) -> TransportOutput? = EchoServer.echo
    ) throws {
        let ear = Ear(answer: answer)
        self.ear = ear
        server = try TransportServer(
            listeners: [ListenerConfiguration(host: "127.0.0.1", port: 0, tls: tls)],
            limits: limits, content: content
        ) { ear.hear($0) }
        let started = try server.start()
        address = started[0]
        ear.perform.withLock { [server] in $0 = { [weak server] in server?.perform($0) } }
    }

    deinit {
        server.shutDown(grace: .milliseconds(100))
    }

    static let echo: @Sendable (HTTPRequest) -> TransportOutput? = { request in
        if request.isWebSocketHandshake {
            return .upgrade(request: request.id, headers: HTTPHeaders())
        }
        let status =
            switch request.defect {
            case nil: 200
            case .bodyTooLarge: 413
            case .invalidWebSocketHandshake: 400
            }
        let head = "\(request.method) \(request.path) \(request.query ?? "-")\n"
        return .respond(
            request: request.id,
            HTTPResponse(status: status, body: Array(head.utf8) + request.body))
    }

    var url: String { address.url }

    func heard<Result: Sendable>(_ read: (Heard) -> Result) -> Result {
        ear.heard.withLock { heard in read(heard) }
    }

    func perform(_ outputs: [TransportOutput]) {
        server.perform(outputs)
    }

    func stopAccepting() { server.stopAccepting() }

    func shutDown() { server.shutDown(grace: .seconds(2)) }

    /// Hears for the server without owning it: its thread must never end its own server.
    private final class Ear: Sendable {
        let heard = Mutex(Heard())
        let perform = Mutex<@Sendable ([TransportOutput]) -> Void>({ _ in })
        private let answer: @Sendable (HTTPRequest) -> TransportOutput?

        init(answer: @escaping @Sendable (HTTPRequest) -> TransportOutput?) {
            self.answer = answer
        }

        func hear(_ batch: [TransportInput]) {
            var outputs: [TransportOutput] = []
            heard.withLock { heard in
                for input in batch {
                    switch input {
                    case .request(let request):
                        heard.requests.append(request)
                        if let output = answer(request) { outputs.append(output) }
                    case .abandoned(let request): heard.abandoned.append(request)
                    case .opened(let socket): heard.opened.append(socket)
                    case .message(let socket, let message):
                        heard.messages.append((socket, message))
                    case .closed(let socket, let code):
                        heard.closed[socket, default: []].append(code)
                    case .bridgeFailed(let request, let reason):
                        heard.failures.append(reason)
                        outputs.append(.respond(request: request, HTTPResponse(status: 503)))
                    case .bridged(let socket, let fromClient, let toClient):
                        heard.totals[socket, default: []]
                            .append(Totals(fromClient: fromClient, toClient: toClient))
                    }
                }
            }
            perform.withLock { $0 }(outputs)
        }
    }
}
