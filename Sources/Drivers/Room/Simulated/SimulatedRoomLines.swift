import Engine

/// Carries calls and sockets to a simulated room service.
actor SimulatedRoomLines: CoreActor, RoomLines {
    nonisolated let core: Core
    private var room: SimulatedRoom
    private var handlers: [UInt64: @Sendable (WebEvent) -> Void] = [:]
    private var lastLine: UInt64 = 0
    private lazy var timer = Timer(on: self) { $0.ring() }

    init(core: Core, fixture: RoomFixture) {
        self.core = core
        room = SimulatedRoom(fixture)
    }

    nonisolated func start(
        _ action: WebAction, handler: @escaping @Sendable (WebEvent) -> Void
    ) -> UInt64 {
        enter { $0.add(action, handler) }
    }

    nonisolated func send(_ text: String, on line: UInt64) {
        enter { $0.take(.send(text), on: line) }
    }

    nonisolated func end(_ line: UInt64) {
        enter { lines in
            lines.handlers[line] = nil
            lines.take(.close(1000), on: line)
        }
    }

    private func add(
        _ action: WebAction, _ handler: @escaping @Sendable (WebEvent) -> Void
    ) -> UInt64 {
        lastLine += 1
        handlers[lastLine] = handler
        take(action, on: lastLine)
        return lastLine
    }

    private func take(_ action: WebAction, on line: UInt64) {
        room.take(action, on: line, at: core.now)
        wait()
    }

    private func ring() {
        while let (line, event) = room.next(at: core.now) {
            guard let handler = handlers[line] else { continue }
            if event.isFinal { handlers[line] = nil }
            handler(event)
        }
        wait()
    }

    /// Nothing is armed while nobody listens, so that a watch that has stopped can go.
    private func wait() {
        guard let due = room.nextDue else { return timer.cancel() }
        timer.arm(at: due)
    }
}
