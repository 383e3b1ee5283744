import Drivers
import Engine
@testable import Station
import Testing

@Suite struct CommandProgressTests {
    /// A command and its clock.
    private struct World {
        var progress: CommandProgress
        var now = Instant.start
        var deadline: Instant?
        var actions: [CommandProgress.Action] = []

        init(expiry: Duration? = nil, limits: CommandLimits = CommandLimits()) {
            progress = CommandProgress(
                timeout: .seconds(30), expiry: expiry.map { Instant.start.advanced(by: $0) },
                limits: limits)
            tell(.submitted)
        }

        /// Handles an event; what was to be done but for deadlines.
        @discardableResult
        mutating func tell(_ event: CommandProgress.Event) -> [CommandProgress.Action] {
            var wanted: [CommandProgress.Action] = []
            for action in progress.handle(event, at: now, jitter: 1) {
                switch action {
                case .arm(let instant): deadline = instant
                case .disarm: deadline = nil
                default: wanted.append(action)
                }
            }
            actions += wanted
            return wanted
        }

        /// Lets time pass, with every deadline in it.
        mutating func pass(_ duration: Duration) {
            let end = now.advanced(by: duration)
            while let due = deadline, due <= end {
                now = max(now, due)
                deadline = nil
                tell(.deadline)
            }
            now = end
        }

        var text: String { progress.output.text }
    }

    private func output(_ text: String) -> CommandProgress.Event {
        .driver(.output(Array(text.utf8)))
    }

    private let away = CommandProgress.Event.driver(
        .failed(CommandFailure("nobody is there", isUnreachable: true)))

    // MARK: Ends

    private static let endings: [(CommandEvent, Command.Status, String)] = [
        (.ended(exitCode: 0), .success, ""),
        (.ended(exitCode: 3), .failed, "the command ended with exit code 3\n"),
        (.ended(exitCode: -1), .failed, "the command ended with exit code -1\n"),
        (.signalled("KILL"), .failed, "the command was ended by the signal KILL\n"),
        (.failed(CommandFailure("lost")), .failed, "lost\n"),
        (
            .failed(CommandFailure("lost", isUnreachable: true)), .failed,
            "cannot connect: lost\n"
        ),
    ]

    @Test(arguments: endings)
    func `a command ends once, shown and stored at once`(
        _ ending: CommandEvent, _ status: Command.Status, _ reason: String
    ) {
        for isReached in [false, true] {
            var world = World()
            let done1 = world.tell(.begin)
            #expect(done1 == [.attempt])
            if isReached { world.tell(.driver(.reached)) }
            #expect(world.progress.status == .inProgress)
            let done2 = world.tell(.driver(ending))
            #expect(done2 == [.show, .save])
            #expect(world.progress.status == status)
            #expect(world.progress.isEnded && !world.progress.isWaiting)
            #expect(world.text == reason)
            #expect(world.deadline == nil)
            expectNothingMore(&world)
        }
    }

    /// Every event there is, in an ended command.
    private func expectNothingMore(_ world: inout World) {
        let before = world.progress
        let events: [CommandProgress.Event] =
            [.submitted, .begin, .deadline, .abort("x"), .driver(.reached), output("x")]
            + Self.endings.map { .driver($0.0) }
        for event in events {
            let done3 = world.tell(event)
            #expect(done3.isEmpty, "\(event)")
        }
        #expect(world.progress.status == before.status)
        #expect(world.progress.output == before.output)
    }

    /// A command in each of its phases, and whether an attempt is under way there.
    private func phases() -> [(name: String, world: World, isUnderWay: Bool, isWaiting: Bool)] {
        let queued = World(expiry: .seconds(100))
        var attempting = queued
        attempting.tell(.begin)
        var waiting = attempting
        waiting.tell(away)
        var running = attempting
        running.tell(.driver(.reached))
        return [
            ("queued", queued, false, true), ("attempting", attempting, true, true),
            ("waiting", waiting, false, true), ("running", running, true, false),
        ]
    }

    @Test func `an abort ends it in every phase, and breaks off what is under way`() {
        for (name, phase, isUnderWay, isWaiting) in phases() {
            var world = phase
            #expect(world.progress.isWaiting == isWaiting, "\(name)")
            let actions = world.tell(.abort("lease held by eva@example.org"))
            #expect(actions == (isUnderWay ? [.cancel] : []) + [.show, .save], "\(name)")
            #expect(world.text == "lease held by eva@example.org\n")
            #expect(world.progress.status == .failed)
            expectNothingMore(&world)
        }
    }

    @Test func `what does not belong into a phase changes nothing`() {
        for (name, phase, isUnderWay, _) in phases() {
            var world = phase
            if name != "queued" {
                let done4 = world.tell(.begin)
                #expect(done4.isEmpty, "\(name)")
            }
            let done5 = world.tell(.deadline)
            #expect(done5.isEmpty, "\(name): a deadline that came too early")
            guard !isUnderWay else { continue }
            for ending in Self.endings {
                let done6 = world.tell(.driver(ending.0))
                #expect(done6.isEmpty)
            }
            let done7 = world.tell(output("x"))
            #expect(done7.isEmpty)
            let done8 = world.tell(.driver(.reached))
            #expect(done8.isEmpty)
            #expect(world.progress.status == .inProgress)
            #expect(world.text == "")
        }
    }

    // MARK: Time

    @Test func `what takes too long is broken off`() {
        var world = World()
        world.tell(.begin)
        world.tell(.driver(.reached))
        world.tell(output("one"))
        world.pass(.seconds(29))
        #expect(world.progress.status == .inProgress)
        world.pass(.seconds(1))
        #expect(world.actions.suffix(3) == [.cancel, .show, .save])
        #expect(world.text == "one\nthe command did not end within 30 seconds\n")
        var silent = World()
        silent.tell(.begin)
        silent.pass(.seconds(30))
        #expect(silent.actions.suffix(3) == [.cancel, .show, .save])
        #expect(silent.text == "cannot connect: no answer within 30 seconds\n")
    }

    @Test func `a device that is away is tried again, with growing pauses, until it is back`() {
        var world = World(expiry: .seconds(3600))
        world.tell(.begin)
        world.actions = []
        var attempts: [Duration] = []
        for _ in 0..<8 {
            let done9 = world.tell(away)
            #expect(done9.isEmpty)
            let before = world.now
            while world.actions.last != .attempt { world.pass(.milliseconds(100)) }
            attempts.append(before.duration(to: world.now))
            world.actions = []
        }
        #expect(attempts == [1, 2, 4, 8, 16, 30, 30, 30].map { .seconds($0) })
        world.tell(.driver(.reached))
        world.tell(.driver(.ended(exitCode: 0)))
        #expect(world.progress.status == .success)
        #expect(world.text == "", "nothing is said of the attempts")
    }

    @Test func `a command expires wherever it waits, with the last reason`() {
        for (name, phase, isUnderWay, isWaiting) in phases() where isWaiting {
            var world = phase
            world.actions = []
            if isUnderWay {
                // Away all the time, and an attempt is under way at the end.
                world.progress = CommandProgress(
                    timeout: .seconds(30), expiry: world.now.advanced(by: .seconds(10)),
                    limits: CommandLimits())
                world.tell(.begin)
                world.actions = []
                world.pass(.seconds(10))
            } else if name == "waiting" {
                while !world.progress.isEnded {
                    world.pass(.milliseconds(500))
                    if world.actions.last == .attempt {
                        world.actions = []
                        world.tell(away)
                    }
                }
                world.actions = isUnderWay ? [.cancel, .show, .save] : world.actions
            } else {
                world.pass(.seconds(100))
            }
            #expect(world.progress.status == .failed, "\(name)")
            #expect(world.text.hasSuffix("expired\n"), "\(name): \(world.text)")
            if name == "waiting" {
                #expect(world.text == "cannot connect: nobody is there\nexpired\n")
            }
            if isUnderWay { #expect(world.actions == [.cancel, .show, .save]) }
            expectNothingMore(&world)
        }
    }

    @Test func `what the device was given in time does not expire`() {
        var world = World(expiry: .seconds(10))
        world.pass(.seconds(9))
        world.tell(.begin)
        world.tell(.driver(.reached))
        world.pass(.seconds(20))
        world.tell(.driver(.ended(exitCode: 0)))
        #expect(world.progress.status == .success)
    }

    @Test func `an attempt that fails as the time is over is the last`() {
        var world = World(expiry: .seconds(10))
        world.tell(.begin)
        world.now = world.now.advanced(by: .seconds(10))
        let done10 = world.tell(away)
        #expect(done10 == [.show, .save])
        #expect(world.text == "cannot connect: nobody is there\nexpired\n")
    }

    // MARK: News

    @Test func `output is shown ten times a second, stored once, and the last of it at the end`() {
        var world = World()
        world.tell(.begin)
        world.tell(.driver(.reached))
        for number in 0..<200 {
            if number > 0 { world.pass(.milliseconds(10)) }
            world.tell(output("\(number)\n"))
        }
        world.tell(output("last"))
        world.actions.removeFirst()
        #expect(world.actions.filter { $0 == .show }.count == 20)
        #expect(world.actions.filter { $0 == .save }.count == 2)
        world.actions = []
        world.tell(.driver(.ended(exitCode: 0)))
        #expect(world.actions == [.show, .save])
        #expect(world.text.hasSuffix("199\nlast\n"))
    }

    @Test func `output that is followed by silence is shown and stored all the same`() {
        var world = World()
        world.tell(.begin)
        world.tell(.driver(.reached))
        let done11 = world.tell(output("a"))
        #expect(done11 == [.show, .save])
        let done12 = world.tell(output("b"))
        #expect(done12.isEmpty)
        world.actions = []
        world.pass(.milliseconds(100))
        #expect(world.actions == [.show])
        world.pass(.milliseconds(900))
        #expect(world.actions == [.show, .save])
        world.pass(.seconds(10))
        #expect(world.actions == [.show, .save], "nothing new, nothing shown")
        let done13 = world.tell(.driver(.reached))
        #expect(done13.isEmpty, "no news")
    }

    @Test func `long output is shown less often`() {
        var limits = CommandLimits()
        limits.pushBytes = 100
        var world = World(limits: limits)
        world.tell(.begin)
        world.tell(output(String(repeating: "x", count: 250)))
        world.actions = []
        world.tell(output("y"))
        world.pass(.milliseconds(299))
        #expect(world.actions.isEmpty)
        world.pass(.milliseconds(1))
        #expect(world.actions == [.show])
    }

    @Test func `output over the bound is no news`() {
        var limits = CommandLimits()
        limits.outputBytes = 3
        var world = World(limits: limits)
        world.tell(.begin)
        let done14 = world.tell(output("abcd"))
        #expect(done14 == [.show, .save])
        world.pass(.seconds(5))
        let done15 = world.tell(output("e"))
        #expect(done15.isEmpty)
        world.tell(.driver(.ended(exitCode: 0)))
        #expect(world.text == "abc\n2 more bytes of output were left out\n")
    }
}
