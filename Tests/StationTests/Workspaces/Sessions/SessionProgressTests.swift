import Drivers
import Engine
@testable import Station
import Testing

@Suite struct SessionProgressTests {
    /// A session and its clock.
    private struct World {
        var progress: SessionProgress
        var now = Instant.start
        var deadline: Instant?

        init(_ rules: Workspace.Rules = Workspace.Rules()) {
            progress = SessionProgress(rules, warning: .seconds(60))
        }

        /// Handles an event; what was to be done but for deadlines.
        @discardableResult
        mutating func tell(_ event: SessionProgress.Event) -> [SessionProgress.Action] {
            var wanted: [SessionProgress.Action] = []
            for action in progress.handle(event, at: now) {
                switch action {
                case .arm(let instant): deadline = instant
                case .disarm: deadline = nil
                default: wanted.append(action)
                }
            }
            return wanted
        }

        /// Lets time pass, with every deadline in it; what was to be done.
        mutating func pass(_ duration: Duration) -> [SessionProgress.Action] {
            let end = now.advanced(by: duration)
            var wanted: [SessionProgress.Action] = []
            while let due = deadline, due <= end {
                now = max(now, due)
                deadline = nil
                wanted += tell(.deadline)
            }
            now = end
            return wanted
        }

        /// Launched, and started by its driver.
        static func working(_ rules: Workspace.Rules = Workspace.Rules()) -> World {
            var world = World(rules)
            world.tell(.launched)
            world.tell(.driver(.started(viewer: nil)))
            return world
        }
    }

    private func at(_ seconds: Int64) -> Instant { .start.advanced(by: .seconds(seconds)) }

    private func rules(
        maximum: Int64? = nil, idle: Int64? = nil, heartbeat: Int64? = nil, warning: Int64? = nil
    ) -> Workspace.Rules {
        var rules = Workspace.Rules()
        rules.maximumDuration = maximum.map { .seconds($0) }
        rules.idleTimeout = idle.map { .seconds($0) }
        rules.heartbeat = heartbeat.map { .seconds($0) }
        rules.warning = warning.map { .seconds($0) }
        return rules
    }

    // MARK: Ends

    @Test func `it is over at once, and gone when its driver has ended`() {
        var world = World()
        #expect(world.tell(.launched) == [.start])
        let place = ViewerPlace(port: 5901)
        #expect(world.tell(.driver(.started(viewer: place))) == [.tellStarted(place)])
        #expect(
            world.tell(.end(.disconnected)) == [.tellEnded(.disconnected, detail: ""), .stop])
        #expect(world.progress.isOver)
        #expect(world.tell(.driver(.ended(.stopped))) == [.tellGone])
    }

    @Test func `it ends once, whatever comes after`() {
        var world = World.working(rules(maximum: 100))
        world.tell(.end(.stopped))
        #expect(world.tell(.end(.forced)) == [])
        #expect(world.pass(.seconds(1000)) == [], "its bounds are over with it")
        #expect(world.tell(.driver(.ended(.crashed("segmentation fault")))) == [.tellGone])
        #expect(world.tell(.driver(.ended(.stopped))) == [])
        #expect(world.tell(.end(.forced)) == [])
        #expect(world.tell(.launched) == [])
    }

    @Test func `a program that ends by itself has crashed`() {
        var world = World.working()
        #expect(
            world.tell(.driver(.ended(.crashed("exit code 1"))))
                == [.tellEnded(.crashed, detail: "exit code 1"), .tellGone])
        var other = World.working()
        #expect(
            other.tell(.driver(.ended(.stopped)))
                == [.tellEnded(.crashed, detail: "it was stopped by somebody else"), .tellGone])
    }

    @Test(arguments: [WorkspaceEnd.startFailed("no such file"), .crashed("no such file")])
    func `what ends before it has started has failed to start`(end: WorkspaceEnd) {
        var world = World()
        world.tell(.launched)
        #expect(
            world.tell(.driver(.ended(end)))
                == [.tellEnded(.startFailed, detail: "no such file"), .tellGone])
    }

    @Test func `what is ended while it starts is stopped, and no start is told any more`() {
        var world = World()
        world.tell(.launched)
        #expect(world.tell(.end(.loggedOut)) == [.tellEnded(.loggedOut, detail: ""), .stop])
        #expect(world.tell(.driver(.started(viewer: nil))) == [])
        #expect(world.tell(.driver(.ended(.stopped))) == [.tellGone])
    }

    // MARK: Bounds

    @Test func `it ends when it has taken as long as it may, and is warned a minute before`() {
        var world = World.working(rules(maximum: 3600))
        #expect(world.pass(.milliseconds(3_539_999)) == [])
        #expect(world.pass(.milliseconds(1)) == [.warn(.expired, at: at(3600))])
        #expect(world.pass(.milliseconds(59_999)) == [])
        #expect(
            world.pass(.milliseconds(1)) == [.tellEnded(.expired, detail: ""), .stop])
    }

    @Test func `nothing that its user does makes it longer than it may be`() {
        var world = World.working(rules(maximum: 100, idle: 50))
        for _ in 0..<9 {
            #expect(!world.pass(.seconds(10)).contains(.stop))
            world.tell(.used)
        }
        #expect(world.pass(.seconds(10)).last == .stop)
    }

    @Test func `who does nothing is warned and leaves, who does something stays`() {
        var world = World.working(rules(idle: 600))
        #expect(world.pass(.seconds(540)) == [.warn(.idle, at: at(600))])
        world.tell(.used)
        #expect(world.pass(.seconds(539)) == [])
        #expect(world.pass(.seconds(1)) == [.warn(.idle, at: at(1140))], "warned anew")
        #expect(world.pass(.seconds(60)) == [.tellEnded(.idle, detail: ""), .stop])
    }

    @Test func `a heartbeat says that somebody is there, and not that something is done`() {
        var world = World.working(rules(idle: 100, heartbeat: 30, warning: 5))
        for _ in 0..<4 {
            #expect(world.pass(.seconds(20)) == [])
            world.tell(.heard)
        }
        #expect(
            world.pass(.seconds(20)) == [
                .warn(.idle, at: at(100)), .tellEnded(.idle, detail: ""), .stop,
            ])
    }

    @Test func `without a heartbeat it ends, unless somebody looks at its stream`() {
        var world = World.working(rules(heartbeat: 30, warning: 5))
        world.tell(.viewers(1))
        #expect(world.pass(.seconds(1000)) == [])
        world.tell(.viewers(2))
        world.tell(.viewers(1))
        world.tell(.viewers(0))
        #expect(world.pass(.seconds(25)) == [.warn(.heartbeatLost, at: at(1030))])
        #expect(world.pass(.seconds(5)) == [.tellEnded(.heartbeatLost, detail: ""), .stop])
    }

    @Test func `a bound that is shorter than two warnings is warned of at half its time`() {
        var world = World.working(rules(maximum: 10))
        #expect(world.pass(.seconds(4)) == [])
        #expect(world.pass(.seconds(1)) == [.warn(.expired, at: at(10))])
    }

    @Test func `a session that starts too slowly is bound, too`() {
        var world = World(rules(maximum: 10))
        world.tell(.launched)
        #expect(world.pass(.seconds(10)).contains(.tellEnded(.expired, detail: "")))
    }

    @Test func `without rules it goes on for ever`() {
        var world = World.working()
        #expect(world.deadline == nil)
        #expect(world.pass(.seconds(366 * 86400)) == [])
    }

    /// Whatever comes in whatever order: one end at most, nothing after it is gone, and no end
    /// without one of the ways to it.
    @Test(arguments: 0..<200)
    func `any order of events ends it once`(seed: UInt64) {
        var random = SeededRandom(seed: seed, purpose: "events")
        var world = World(rules(maximum: 500, idle: 100, heartbeat: 40, warning: 10))
        var actions = world.tell(.launched)
        for _ in 0..<60 {
            let ends = WorkspaceSession.End.allCases
            switch random.next() % 10 {
            case 0: actions += world.tell(.driver(.started(viewer: nil)))
            case 1: actions += world.tell(.driver(.ended(.stopped)))
            case 2: actions += world.tell(.driver(.ended(.crashed("x"))))
            case 3: actions += world.tell(.end(ends[Int(random.next() % UInt64(ends.count))]))
            case 4: actions += world.tell(.viewers(Int(random.next() % 3)))
            case 5: actions += world.tell(.heard)
            case 6: actions += world.tell(.used)
            default: actions += world.pass(.seconds(Int64(random.next() % 30)))
            }
        }
        let ends = actions.indices.filter {
            if case .tellEnded = actions[$0] { true } else { false }
        }
        #expect(ends.count <= 1)
        #expect(actions.count { $0 == .start } == 1)
        #expect(actions.count { $0 == .stop } <= 1)
        #expect(actions.count { $0 == .tellGone } <= 1)
        if let gone = actions.firstIndex(of: .tellGone) {
            #expect(gone == actions.count - 1, "nothing follows: \(actions)")
            #expect(ends.allSatisfy { $0 < gone } && ends.count == 1)
        }
        if world.progress.isOver { #expect(world.deadline == nil) }
    }
}
