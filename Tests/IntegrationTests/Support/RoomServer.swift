import Drivers
import Engine
import Synchronization
import TestSupport
import Testing
import Transport

/// A room service on this machine: HTTP and WebSockets that speak the documented frames, from a
/// fixture whose time may run faster.
final class RoomServer: Sendable {
    private struct State {
        var room: SimulatedRoom
        var server: TransportServer?
        var lastLine: UInt64 = 0
        /// Lines by the numbers of their requests, which are those of their sockets.
        var lines: [UInt64: UInt64] = [:]
        /// What comes before a socket has opened; nil once it has.
        var unopened: [UInt64: [WebEvent]] = [:]
        var agents: [String] = []
        var handshakes: [String] = []
        var isEnding = false
    }

    private let state: Mutex<State>
    private let start = ContinuousClock.now
    private let speed: Double
    private let port: UInt16
    private let thread = Mutex<SystemThread?>(nil)

    /// - Parameter fixture: a file of `Fixtures/rooms`.
    init(_ fixture: RoomFixture, speed: Double = 1) throws {
        self.speed = speed
        port = try Loopback.freePort()
        state = Mutex(State(room: SimulatedRoom(fixture)))
        try listen()
        let started = try SystemThread(name: "room") { [weak self] in
            while self?.pump() == true { SystemThread.sleep(.milliseconds(2)) }
        }
        thread.withLock { $0 = started }
    }

    deinit {
        let server = state.withLock { $0.server }
        server?.shutDown(grace: .zero)
    }

    var url: String { "http://127.0.0.1:\(port)" }
    /// What callers said they are.
    var agents: [String] { state.withLock { $0.agents } }
    /// The addresses of the sockets that were asked for, with their queries.
    var handshakes: [String] { state.withLock { $0.handshakes } }

    private var now: Instant {
        let elapsed = (ContinuousClock.now - start) / .seconds(1) * speed
        return Instant.start.advanced(by: .seconds(elapsed))
    }

    private func listen() throws {
        let server = try TransportServer(
            listeners: [ListenerConfiguration(host: "127.0.0.1", port: port)]
        ) { [weak self] inputs in self?.hear(inputs) }
        state.withLock { $0.server = server }
        _ = try server.start()
    }

    // MARK: In

    private func hear(_ inputs: [TransportInput]) {
        let now = now
        state.withLock { state in
            for input in inputs {
                switch input {
                case .request(let request): Self.ask(request, &state, now)
                case .opened(let socket):
                    for event in state.unopened.removeValue(forKey: socket) ?? [] {
                        Self.tell(event, socket, &state)
                    }
                case .message(let socket, .text(let bytes)):
                    guard let line = state.lines[socket] else { break }
                    let text = String(decoding: bytes, as: UTF8.self)
                    state.room.take(.send(text), on: line, at: now)
                case .message, .bridgeFailed, .bridged: break
                case .closed(let number, _), .abandoned(let number):
                    guard let line = state.lines.removeValue(forKey: number) else { break }
                    state.unopened[number] = nil
                    state.room.take(.close(1000), on: line, at: now)
                }
            }
        }
    }

    private static func ask(_ request: HTTPRequest, _ state: inout State, _ now: Instant) {
        state.agents.append(request.headers["User-Agent"] ?? "")
        // Like the real one, which wants to know who calls.
        guard request.headers["User-Agent"] != nil else {
            return respond(request.id, 403, &state)
        }
        state.lastLine += 1
        state.lines[request.id] = state.lastLine
        let url = "http://room" + request.path + (request.query.map { "?" + $0 } ?? "")
        let wanted = WebRequest("GET", url, timeout: .seconds(10))
        guard request.isWebSocketHandshake else {
            return state.room.take(.call(wanted), on: state.lastLine, at: now)
        }
        state.handshakes.append(url)
        guard request.headers["Sec-WebSocket-Protocol"] == "ecast-v0" else {
            return respond(request.id, 400, &state)
        }
        state.room.take(.open(wanted, subprotocol: "ecast-v0"), on: state.lastLine, at: now)
    }

    private static func respond(
        _ request: UInt64, _ status: Int, _ body: [UInt8] = [], _ state: inout State
    ) {
        state.lines[request] = nil
        state.server?.perform([.respond(request: request, HTTPResponse(status: status, body: body))]
        )
    }

    private static func respond(_ request: UInt64, _ status: Int, _ state: inout State) {
        respond(request, status, [], &state)
    }

    // MARK: Out

    /// False when it is over.
    private func pump() -> Bool {
        let now = now
        let isDropping = state.withLock { state in
            var isDropping = false
            while let (line, event) = state.room.next(at: now) {
                guard let number = state.lines.first(where: { $0.value == line })?.key else {
                    continue
                }
                if case .closed(1006, _) = event {
                    isDropping = true
                } else if state.unopened[number] != nil {
                    state.unopened[number]?.append(event)
                } else {
                    tell(event, number, &state)
                }
            }
            return isDropping
        }
        if isDropping { drop() }
        return state.withLock { !$0.isEnding }
    }

    /// Cuts every connection, as a cable would.
    func drop() {
        let server = state.withLock { state in
            state.lines = [:]
            state.unopened = [:]
            defer { state.server = nil }
            return state.server
        }
        server?.shutDown(grace: .zero)
        do {
            try listen()
        } catch {
            Issue.record("the room service cannot come back: \(error)")
        }
    }

    private func tell(_ event: WebEvent, _ number: UInt64, _ state: inout State) {
        switch event {
        case .answered(let answer):
            let text = String(decoding: answer.body, as: UTF8.self)
                .replacing("room.simulated.invalid", with: "127.0.0.1:\(port)")
            Self.respond(number, answer.status, Array(text.utf8), &state)
        case .opened:
            state.unopened[number] = []
            let headers = HTTPHeaders([("Sec-WebSocket-Protocol", "ecast-v0")])
            state.server?.perform([.upgrade(request: number, headers: headers)])
        case .failed(.refused(let answer)):
            Self.respond(number, answer.status, answer.body, &state)
        case .failed: Self.respond(number, 503, &state)
        case .received, .closed: Self.tell(event, number, &state)
        }
    }

    private static func tell(_ event: WebEvent, _ socket: UInt64, _ state: inout State) {
        switch event {
        case .received(let bytes):
            state.server?.perform([.send(.text(bytes), to: [socket])])
        case .closed(let code, let reason):
            state.lines[socket] = nil
            state.server?.perform([.close(webSocket: socket, code: code, reason: reason)])
        case .answered, .opened, .failed: break
        }
    }
}
