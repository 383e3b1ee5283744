import Drivers
import Engine
import JSON
import Testing

/// Runs a session by hand: time moves where the test says, deadlines ring where the session asks.
/// What every session must keep to is looked at with each action.
struct EcastSessionBench {
    private(set) var session: EcastSession
    private(set) var now = Instant.start
    private(set) var armed: Instant?
    /// What the session did since the last `take`.
    private(set) var actions: [EcastSession.Action] = []
    /// All that it ever reported.
    private(set) var reports: [RoomEvent] = []
    private(set) var underWay: [EcastSession.Line] = []
    private var isOver = false
    let limits: EcastLimits

    static let settings = EcastSettings(code: "ABCD", session: 7)

    init(
        settings: EcastSettings = Self.settings, _ change: (inout EcastLimits) -> Void = { _ in }
    ) {
        var limits = EcastLimits()
        change(&limits)
        self.limits = limits
        session = EcastSession(settings: settings, limits: limits)
    }

    mutating func handle(_ event: EcastSession.Event, jitter: Double = 0.5) {
        if case .web(let line, let event) = event, event.isFinal {
            underWay.removeAll { $0 == line }
        }
        for action in session.handle(event, at: now, jitter: jitter) {
            note(action)
            actions.append(action)
        }
        if event == .stop { isOver = true }
    }

    private mutating func note(_ action: EcastSession.Action) {
        switch action {
        case .begin(let line, _):
            #expect(!isOver && !underWay.contains(line), "a second \(line)")
            underWay.append(line)
        case .send(let line, _): #expect(underWay.contains(line))
        case .end(let line):
            #expect(underWay.contains(line), "\(line) is not under way")
            underWay.removeAll { $0 == line }
        case .report(let event):
            #expect(!isOver, "\(event) after the end")
            reports.append(event)
            if case .ended = event { isOver = true }
        case .arm(let deadline):
            #expect(!isOver)
            armed = deadline
        case .disarm: armed = nil
        }
    }

    /// Lets time pass, ringing every deadline that comes due.
    mutating func pass(_ duration: Duration, jitter: Double = 0.5) {
        let end = now.advanced(by: duration)
        while let deadline = armed, deadline <= end { ring(jitter: jitter, at: deadline) }
        now = end
    }

    /// Lets the armed deadline come.
    mutating func ring(jitter: Double = 0.5, at deadline: Instant? = nil) {
        guard let deadline = deadline ?? armed else { return }
        now = max(now, deadline)
        armed = nil
        handle(.deadline, jitter: jitter)
    }

    mutating func take() -> [EcastSession.Action] {
        defer { actions = [] }
        return actions
    }

    /// Lines begun since the last look, with what was asked on them.
    mutating func takeBegun() -> [(line: EcastSession.Line, url: String)] {
        take().compactMap { action in
            switch action {
            case .begin(let line, .call(let request)): (line, request.url)
            case .begin(let line, .open(let request, _)): (line, request.url)
            default: nil
            }
        }
    }

    var status: RoomStatus? {
        switch reports.last(where: { if case .interrupted = $0 { false } else { true } }) {
        case .connected(let status)?, .status(let status)?: status
        default: nil
        }
    }

    /// Pause until the armed deadline.
    var pause: Duration? { armed.map { now.duration(to: $0) } }

    // MARK: What the service says

    mutating func hear(_ event: WebEvent, on line: EcastSession.Line = .room, jitter: Double = 0.5)
    {
        handle(.web(line, event), jitter: jitter)
    }

    mutating func hear(frame: String, on line: EcastSession.Line = .room) {
        hear(.received(Array(frame.utf8)), on: line)
    }

    mutating func answer(
        status: Int = 200,
        _ body: String = """
        {"ok":true,"body":{"host":"ecast-1.jackboxgames.com","appTag":"quiplash3",\
        "maxPlayers":8}}
        """
    ) {
        hear(.answered(WebAnswer(status: status, body: Array(body.utf8))), on: .lookUp)
    }

    static func welcome(
        players: [(Int, String)] = [], room: String? = "{\"state\":\"Lobby\"}",
        key: String = "room",
        version: Int = 1, id: Int = 9, secret: String = "s-1"
    ) -> String {
        let here = players.map { id, name in
            "\"\(id)\":{\"id\":\(id),\"roles\":{\"player\":{\"name\":\"\(name)\"}}}"
        }
        let everybody = ["\"1\":{\"id\":1,\"roles\":{\"host\":{}}}"] + here
        let entity = room.map {
            "\"\(key)\":[\"object\",{\"key\":\"\(key)\",\"val\":\($0),\"version\":\(version)},{}]"
        }
        return """
            {"pc":0,"opcode":"client/welcome","result":{"id":\(id),"secret":"\(secret)",\
            "here":{\(everybody.joined(separator: ","))},"entities":{\(entity ?? "")}}}
            """
    }

    static func room(_ value: String, key: String = "room", version: Int = 2) -> String {
        """
        {"pc":1,"opcode":"object","result":{"key":"\(key)","val":\(value),"version":\(version)}}
        """
    }

    static func error(_ code: Int, re: Int? = nil) -> String {
        "{\"opcode\":\"error\",\(re.map { "\"re\":\($0)," } ?? "")\"result\":{\"code\":\(code)}}"
    }

    /// Goes to the open socket of the room.
    mutating func comeToDoor() {
        handle(.start)
        answer()
        hear(.opened)
        _ = take()
    }

    /// Goes into the room.
    mutating func enter(_ welcome: String = Self.welcome()) {
        comeToDoor()
        hear(frame: welcome)
        _ = take()
    }
}
