import Drivers
import Engine
import Synchronization
import TestSupport

/// A room service in virtual time, with everything that it has reported.
final class RoomUnderTest: Sendable {
    private struct State {
        var events: [RoomEvent] = []
        var firstTurn: [RoomEvent]?
        var stops: @Sendable (RoomEvent) -> Bool = { _ in false }
    }

    let world = DriverWorld(live: false)
    /// The stand-in behind a real driver; nil behind one that has no edge.
    let edge: SimulatedRoomEdge?
    private let state = Mutex(State())
    private let line: RoomLifeLine
    private let port: InputPort<TestInput<Bool>>

    /// - Parameter make: makes the driver, on the core.
    init(_ driver: RoomDriver, _ fixture: RoomFixture) {
        let core = world.core
        var made: SimulatedRoomEdge?
        let service: any RoomService = core.perform {
            switch driver {
            case .simulated:
                return SimulatedRoomService(
                    core: core, settings: EcastSettings(code: "ABCD", session: 3),
                    fixture: fixture)
            case .ecast:
                let lines = WebLines(core: core) { handler in
                    let edge = SimulatedRoomEdge(fixture, handler: handler)
                    made = edge
                    return edge
                }
                return EcastRoomService(
                    core: core, settings: EcastSettings(code: "ABCD", session: 3), lines: lines)
            }
        }
        edge = made
        let line = RoomLifeLine(core: core, service: service)
        self.line = line
        port = core.inputPort(to: line) { line, input in
            if input.value { line.watch() } else { line.stop() }
        }
        core.perform {
            line.enter { line in
                line.hear(
                    { [weak self] in self?.note($0) ?? false },
                    begun: { [weak self] in self?.noteBegin() })
            }
        }
        world.run()
    }

    var events: [RoomEvent] { state.withLock { $0.events } }
    /// What was reported within the call that began the watch.
    var eventsOfTheFirstTurn: [RoomEvent]? { state.withLock { $0.firstTurn } }

    var statuses: [RoomStatus] {
        events.compactMap { event in
            switch event {
            case .connected(let status), .status(let status): status
            case .interrupted, .ended: nil
            }
        }
    }

    /// The events without their statuses, equal neighbours once.
    var course: [String] {
        events.map { event in
            switch event {
            case .connected: "connected"
            case .status: "status"
            case .interrupted: "interrupted"
            case .ended(let end): end.rawValue
            }
        }.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    func watch() { port.send(TestInput(value: true)) }
    func stop() { port.send(TestInput(value: false)) }

    /// Stops the watch within the first report that meets a condition.
    func stop(when condition: @escaping @Sendable (RoomEvent) -> Bool) {
        state.withLock { $0.stops = condition }
    }

    /// Lets engine time pass, the edge's with it.
    func pass(_ duration: Duration) {
        let core = world.core
        let end = core.perform { core.now }.advanced(by: duration)
        while core.perform({ core.now }) < end {
            core.run(for: .milliseconds(20))
            edge?.advance(to: core.perform { core.now })
        }
    }

    private func note(_ event: RoomEvent) -> Bool {
        state.withLock { state in
            state.events.append(event)
            return state.stops(event)
        }
    }

    private func noteBegin() {
        state.withLock { $0.firstTurn = $0.events }
    }
}

enum RoomDriver: CaseIterable {
    case simulated
    /// The real one, with a stand-in for the network.
    case ecast
}

/// Stands in for the network: what is asked goes to a simulated room service.
final class SimulatedRoomEdge: WebEdge {
    private struct State {
        var room: SimulatedRoom
        var now = Instant.start
        var asked: [(line: UInt64, action: WebAction)] = []
    }

    private let state: Mutex<State>
    private let handler: @Sendable (UInt64, WebEvent) -> Bool

    init(_ fixture: RoomFixture, handler: @escaping @Sendable (UInt64, WebEvent) -> Bool) {
        state = Mutex(State(room: SimulatedRoom(fixture)))
        self.handler = handler
    }

    func perform(_ action: WebAction, on line: UInt64) {
        state.withLock { state in
            state.asked.append((line, action))
            state.room.take(action, on: line, at: state.now)
        }
    }

    func stop() {}

    func advance(to now: Instant) {
        while let (line, event) = next(now) { _ = handler(line, event) }
    }

    private func next(_ now: Instant) -> (line: UInt64, event: WebEvent)? {
        state.withLock { state in
            state.now = now
            return state.room.next(at: now)
        }
    }

    var asked: [WebAction] { state.withLock { $0.asked.map(\.action) } }
}

/// Owns the driver inside the core.
private actor RoomLifeLine: CoreActor {
    nonisolated let core: Core
    private let service: any RoomService
    /// True when the watch is to be stopped.
    private var report: @Sendable (RoomEvent) -> Bool = { _ in false }
    private var begun: @Sendable () -> Void = {}

    init(core: Core, service: any RoomService) {
        self.core = core
        self.service = service
    }

    func hear(
        _ report: @escaping @Sendable (RoomEvent) -> Bool, begun: @escaping @Sendable () -> Void
    ) {
        self.report = report
        self.begun = begun
    }

    func watch() {
        service.enter { service in
            service.watch { [weak self] event in
                self?.enter { line in if line.report(event) { line.stop() } }
            }
        }
        begun()
    }

    func stop() {
        service.enter { $0.stop() }
    }
}
