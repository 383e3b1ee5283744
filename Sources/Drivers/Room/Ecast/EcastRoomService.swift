package import Engine

/// A room of the public room service, or of a server that stands in for it: performs what
/// `EcastSession` decides.
package actor EcastRoomService: RoomService {
    package nonisolated let core: Core
    private let lines: any RoomLines
    private let code: String
    private var session: EcastSession
    private var events = EventLine<EcastSession.Event>()
    private var numbers: [EcastSession.Line: UInt64] = [:]
    private var random: SeededRandom
    private var report: (@Sendable (RoomEvent) -> Void)?
    private lazy var timer = Timer(on: self) { $0.handle(.deadline) }

    package init(core: Core, settings: EcastSettings, lines: WebLines) {
        self.init(core: core, settings: settings, carriedBy: lines)
    }

    init(core: Core, settings: EcastSettings, carriedBy lines: any RoomLines) {
        self.core = core
        self.lines = lines
        code = settings.code
        session = EcastSession(settings: settings)
        random = core.random("ecast/\(settings.userID)/\(settings.code)")
    }

    package func watch(_ report: @escaping @Sendable (RoomEvent) -> Void) {
        self.report = report
        handle(.start)
    }

    package func stop() {
        report = nil
        handle(.stop)
    }

    private func handle(_ event: EcastSession.Event) {
        guard events.add(event) else { return }
        while let event = events.next() {
            for action in session.handle(event, at: core.now, jitter: random.unit()) {
                perform(action)
            }
        }
    }

    private func perform(_ action: EcastSession.Action) {
        switch action {
        case .begin(let line, let action):
            numbers[line] = lines.start(action) { [weak self] event in
                self?.enter { $0.handle(.web(line, event)) }
            }
        case .send(let line, let text):
            if let number = numbers[line] { lines.send(text, on: number) }
        case .end(let line):
            if let number = numbers.removeValue(forKey: line) { lines.end(number) }
        case .report(let event): tell(event)
        case .arm(let deadline): timer.arm(at: deadline)
        case .disarm: timer.cancel()
        }
    }

    private func tell(_ event: RoomEvent) {
        if case .ended(let end) = event { log(end) }
        report?(event)
    }

    /// A room that cannot be watched says nothing of why to those who wait for it.
    private func log(_ end: RoomEnd) {
        let isExpected = end == .closed || end == .notFound
        core.log(
            isExpected ? .info : .warning, "room", "watch ended",
            [
                "room": code, "end": end.rawValue, "problem": session.problem ?? "none",
                "ignored": "\(session.ignored)",
            ])
    }
}
