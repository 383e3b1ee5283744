import Synchronization
import TestSupport
import Transport

/// An event client and what it has said.
final class ClientBench: Sendable {
    let client: EventClient
    private let ear: Ear

    init(
        caFile: String? = nil, _ change: (inout EventClientLimits) -> Void = { _ in }
    ) {
        var limits = EventClientLimits()
        change(&limits)
        let ear = Ear()
        self.ear = ear
        client = EventClient(caFile: caFile, userAgent: "Boresight/test", limits: limits) {
            ear.hear($0, $1)
        }
    }

    /// Whether events are taken, as by a core that has room. Each one is asked for.
    func setAccepting(_ accepts: @escaping @Sendable (Int) -> Bool) {
        ear.accepts.withLock { $0 = accepts }
    }

    /// How often an event was offered, taken or not.
    var offers: Int { ear.offers.withLock { $0 } }

    func events(_ line: UInt64) -> [ClientEvent] {
        ear.events.withLock { $0[line] ?? [] }
    }

    var allEvents: Int { ear.events.withLock { $0.values.reduce(0) { $0 + $1.count } } }

    // MARK: Asking

    /// Longer than any test on a busy machine: who waits it out has hung.
    static let patience = Duration.seconds(600)

    func call(_ line: UInt64, _ request: ClientRequest) {
        client.perform(.call(request), on: line)
    }

    func get(_ line: UInt64, _ url: String, timeout: Duration = ClientBench.patience) {
        call(line, ClientRequest("GET", url, timeout: timeout))
    }

    func open(
        _ line: UInt64, _ url: String, subprotocol: String? = "game",
        timeout: Duration = ClientBench.patience
    ) {
        client.perform(
            .open(ClientRequest("GET", url, timeout: timeout), subprotocol: subprotocol),
            on: line)
    }

    func send(_ line: UInt64, _ text: String) {
        client.perform(.send(.text(Array(text.utf8))), on: line)
    }

    func close(_ line: UInt64, _ code: UInt16 = 1000) {
        client.perform(.close(code: code), on: line)
    }

    // MARK: Hearing

    /// The first event of a line; nil when none came.
    func first(_ line: UInt64) async -> ClientEvent? {
        _ = await eventually { !events(line).isEmpty }
        return events(line).first
    }

    /// Whether a line has said exactly this, after a while.
    func hears(_ line: UInt64, _ expected: [ClientEvent]) async -> Bool {
        await eventually { events(line) == expected }
    }

    /// The answer's status and body as a text; nil for anything else.
    func answer(_ line: UInt64) async -> String? {
        guard case .answered(let response)? = await first(line) else { return nil }
        return "\(response.status) " + String(decoding: response.body, as: UTF8.self)
    }

    private final class Ear: Sendable {
        let events = Mutex<[UInt64: [ClientEvent]]>([:])
        let offers = Mutex(0)
        let accepts = Mutex<@Sendable (Int) -> Bool>({ _ in true })

        func hear(_ line: UInt64, _ event: ClientEvent) -> Bool {
            let number = offers.withLock { offers in
                offers += 1
                return offers
            }
            guard accepts.withLock({ $0 })(number) else { return false }
            events.withLock { $0[line, default: []].append(event) }
            return true
        }
    }
}

extension ClientEvent {
    static func text(_ text: String) -> ClientEvent { .received(.text(Array(text.utf8))) }
}

extension EchoServer {
    /// Accepts every handshake with the subprotocol `game`, and echoes calls.
    static let game: @Sendable (HTTPRequest) -> TransportOutput? = { request in
        guard request.isWebSocketHandshake else { return echo(request) }
        return .upgrade(
            request: request.id, headers: HTTPHeaders([("Sec-WebSocket-Protocol", "game")]))
    }

    /// Where the sockets are.
    var socketURL: String { "ws" + url.dropFirst(4) + "/ws" }
}
