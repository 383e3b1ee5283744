import Drivers
import Engine

/// The servers that the station calls: the room service with the scenario's rooms, and a program
/// that webhooks go to.
struct SimulatedServers {
    /// Where the station looks rooms up.
    static let roomService = "http://rooms.simulated"
    private static let roomPaths = [
        roomService + "/api/v2/rooms/", "ws://room.simulated.invalid/api/v2/rooms/",
    ]
    private static let hook = "http://hook.simulated/"

    /// A call or a socket that leads to a room.
    private struct Line {
        let room: Int
        var isOpen = false
    }

    private var rooms: [SimulatedRoom]
    private let numbers: [String: Int]
    /// Those of the station's present life.
    private var lines: [UInt64: Line] = [:]
    /// A station counts its lines anew in each of its lives, a room does not.
    private var life: UInt64 = 0
    /// What the hook took, by the number of its delivery: the event. The same may come twice.
    private(set) var deliveries: [String: String] = [:]
    /// Nobody reaches the room service.
    private(set) var roomsAreAway = false
    var hookIsAway = false

    init(_ rooms: [ScenarioRoom]) {
        self.rooms = rooms.map { SimulatedRoom($0.fixture) }
        numbers = Dictionary(
            rooms.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: Calls and sockets

    /// Takes what the station does on a line; what is answered at once, not by a room.
    mutating func take(_ action: WebAction, on line: UInt64, at now: Instant) -> WebEvent? {
        switch action {
        case .call(let request):
            if request.url.hasPrefix(Self.hook) { return takeDelivery(request) }
            return begin(action, request, on: line, at: now) ?? .answered(Self.absent)
        case .open(let request, _):
            return begin(action, request, on: line, at: now) ?? .failed(.refused(Self.absent))
        case .send, .close:
            guard let room = lines[line]?.room else { return nil }
            rooms[room].take(action, on: number(line), at: now)
            if case .close = action { lines[line] = nil }
            return nil
        }
    }

    /// - Returns: nil for a room that there is not; otherwise the answer, if there is one already.
    private mutating func begin(
        _ action: WebAction, _ request: WebRequest, on line: UInt64, at now: Instant
    ) -> WebEvent?? {
        guard let path = Self.roomPaths.first(where: request.url.hasPrefix), !roomsAreAway else {
            return .failed(.unreachable("nobody is there"))
        }
        let code = request.url.dropFirst(path.count).prefix { $0 != "/" && $0 != "?" }
        guard let room = numbers[String(code)] else { return nil }
        lines[line] = Line(room: room)
        rooms[room].take(action, on: number(line), at: now)
        return .some(nil)
    }

    private mutating func takeDelivery(_ request: WebRequest) -> WebEvent {
        guard !hookIsAway else { return .failed(.unreachable("connection refused")) }
        func header(_ name: String) -> String? {
            request.headers.first { $0.name == name }?.value
        }
        guard let id = header("X-Webhook-Delivery"), let event = header("X-Webhook-Event") else {
            return .answered(WebAnswer(status: 400))
        }
        deliveries[id] = event
        return .answered(WebAnswer(status: 200))
    }

    private static let absent = WebAnswer(status: 404, body: Array("{\"ok\":false}".utf8))

    /// The line as a room knows it.
    private func number(_ line: UInt64) -> UInt64 { life << 32 | line }

    // MARK: What rooms say

    /// When a room says something next; nil while nobody listens.
    var nextDue: Instant? { rooms.compactMap(\.nextDue).min() }

    /// The next thing that a room says, with the station's line.
    mutating func next(at now: Instant) -> (line: UInt64, event: WebEvent)? {
        for room in rooms.indices {
            while let (number, event) = rooms[room].next(at: now) {
                let line = number & 0xFFFF_FFFF
                // It may have hung up, or be another one.
                guard number >> 32 == life, lines[line] != nil else { continue }
                if event == .opened { lines[line]?.isOpen = true }
                if event.isFinal { lines[line] = nil }
                return (line, event)
            }
        }
        return nil
    }

    // MARK: Faults

    /// Begins or ends the time in which nobody reaches the room service; what the station hears of
    /// it at once.
    mutating func setRoomsAway(_ away: Bool, at now: Instant) -> [(UInt64, WebEvent)] {
        let begins = away && !roomsAreAway
        roomsAreAway = away
        return begins ? hangUp(at: now, alsoUnopened: true) : []
    }

    /// Loses every open socket to a room.
    mutating func cut(at now: Instant) -> [(UInt64, WebEvent)] {
        hangUp(at: now, alsoUnopened: false)
    }

    private mutating func hangUp(
        at now: Instant, alsoUnopened: Bool
    ) -> [(UInt64, WebEvent)] {
        var news: [(UInt64, WebEvent)] = []
        for (line, state) in sortedLines where state.isOpen || alsoUnopened {
            rooms[state.room].take(.close(1006), on: number(line), at: now)
            lines[line] = nil
            news.append(
                (
                    line,
                    state.isOpen
                        ? .closed(code: 1006, reason: "") : .failed(.broken("the connection ended"))
                ))
        }
        return news
    }

    /// Frames that are none, on every open socket.
    func garble() -> [(UInt64, WebEvent)] {
        sortedLines.filter(\.value.isOpen).flatMap { line, _ in
            Self.garbage.map { (line, .received(Array($0.utf8))) }
        }
    }

    private static let garbage = [
        "", "{\"opcode\":", "\u{0}\u{1}", "[7]", "{\"opcode\":\"object\",\"result\":7}",
        "{\"opcode\":\"client/connected\",\"result\":{\"id\":99999999999999999999}}",
    ]

    /// The station's power is off: the other side of all its lines is gone.
    mutating func loseStation(at now: Instant) {
        for (line, state) in sortedLines {
            rooms[state.room].take(.close(1006), on: number(line), at: now)
        }
        lines = [:]
        life += 1
    }

    private var sortedLines: [(key: UInt64, value: Line)] {
        lines.sorted { $0.key < $1.key }
    }
}
