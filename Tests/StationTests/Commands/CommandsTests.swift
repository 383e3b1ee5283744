import Drivers
import Engine
import JSON
@testable import Station
import TestSupport
import Testing

/// The commands of a device in virtual time.
@Suite(.runsTwice) struct CommandsTests {
    private typealias Step = SimulatedScript.Step

    /// Commands, with a device whose orders take a second each.
    private final class World: Sendable {
        let core: Core
        let identity: Identity
        let leases: Leases
        let commands: Commands
        let device: String
        private let ear: Ear

        init(
            limits: CommandLimits = CommandLimits(),
            connections: [StoreRow] = [], commands commandRows: [StoreRow] = []
        ) throws {
            let core = Core(pace: .virtual, seed: 1)
            let stationLimits = StationLimits()
            let identity = Identity(core: core)
            let devices = Devices(core: core, limits: stationLimits)
            let audit = Audit(core: core, identity: identity)
            let leases = Leases(
                core: core, limits: stationLimits, devices: devices, audit: audit)
            let commands = Commands(
                core: core, limits: limits, identity: identity, devices: devices, leases: leases,
                audit: audit
            ) { connection, _ in
                guard case .simulated(let parameters) = connection.parameters else {
                    return SimulatedCommandDriver(core: core, isAway: true)
                }
                let back = connection.modifiedAt.advanced(by: parameters.unreachable)
                return SimulatedCommandDriver(
                    core: core, script: parameters.script, isAway: core.utc < back)
            }
            let device = try core.perform {
                let device = try devices.enter { (devices) throws(DeviceError) in
                    try devices.add(Device.Description(name: "mast"), key: nil, to: "club")
                }
                commands.enter { $0.start(connections: connections, commands: commandRows) }
                return device.id
            }
            (self.core, self.identity, self.leases) = (core, identity, leases)
            (self.commands, self.device) = (commands, device)
            ear = core.perform { Ear(commands) }
        }

        deinit {
            TraceLog.current?.note(core)
        }

        func connect(_ parameters: String = CommandsTests.slow) throws -> DeviceConnection {
            let json = try JSONReader.read(Array(parameters.utf8)).objectValue ?? [:]
            return try core.perform {
                try commands.enter { (commands) throws(CommandError) in
                    try commands.connect(device, .simulated, json)
                }
            }
        }

        @discardableResult
        func submit(
            _ kind: DeviceOrder.Kind = .custom, _ text: String = "x", by user: String = "eva",
            key: String? = nil, expiry: Duration? = nil
        ) throws -> Command {
            var wish = CommandWish(kind)
            if kind == .custom { wish.input = ["command": .string(text)] }
            if kind == .point { wish.input = ["azimuth": .integer(1), "elevation": .integer(2)] }
            if kind == .changePassword { wish.input = ["password": .string(text)] }
            wish.key = key
            wish.expiry = expiry
            let given = wish
            return try core.perform {
                try commands.enter { (commands) throws(CommandError) in
                    try commands.submit(given, to: device, by: user)
                }
            }
        }

        func now(_ command: Command) -> Command? {
            core.perform {
                commands.enter { try? $0.command(command.id, of: device) }
            }
        }

        func lease(to user: String) throws -> Lease {
            try core.perform {
                try leases.enter { (leases) throws(LeaseError) in
                    try leases.create(device: device, in: "club", by: user, Leases.Wish())
                }
            }
        }

        /// What was published since the last look.
        func news() -> [Command] {
            core.perform { ear.enter { $0.take() } }
        }
    }

    private actor Ear: CoreActor {
        nonisolated let core: Core
        private var subscription: Subscription<Command>?
        private var heard: [Command] = []

        init(_ commands: Commands, about key: String? = nil) {
            core = commands.core
            enter { ear in
                ear.subscription = commands.updates.subscribe(
                    ear, about: key, .everything(limit: 10_000)
                ) {
                    $0.heard.append($1)
                }
            }
        }

        func take() -> [Command] {
            defer { heard = [] }
            return heard
        }
    }

    private static let slow =
        #"{"script":{"custom":[{"output":"begun\n"},{"after":1,"output":"done\n"}]}}"#

    @Test func `commands of a device run one at a time, in their order`() throws {
        let world = try World()
        _ = try world.connect()
        let made = try (0..<3).map { try world.submit(.custom, "\($0)") }
        world.core.run(for: .seconds(10))
        let news = world.news()
        #expect(news.map(\.id) == made.flatMap { [$0.id, $0.id, $0.id] })
        #expect(
            news.map(\.status)
                == (0..<3).flatMap { _ in [.inProgress, .inProgress, .success] })
        #expect(news.prefix(3).map(\.output) == ["begun\n", "begun\ndone\n", "begun\ndone\n"])
        #expect(news.last?.output == "begun\ndone\n")
        #expect(news.allSatisfy { $0.modifiedAt > $0.createdAt })
        let list = world.core.perform { world.commands.enter { $0.commands(of: world.device) } }
        #expect(list.map(\.id) == made.reversed().map(\.id))
    }

    @Test func `news are about the device and its organisation, and for nobody else`() throws {
        let world = try World()
        _ = try world.connect()
        let ears = world.core.perform {
            [world.device, "club", "others"].map { Ear(world.commands, about: $0) }
        }
        try world.submit()
        world.core.run(for: .seconds(10))
        let all = world.news()
        #expect(!all.isEmpty)
        let heard = world.core.perform { ears.map { $0.enter { $0.take() } } }
        #expect(heard == [all, all, []])
    }

    @Test func `a stop overtakes, runs beside, and ends movements that wait`() throws {
        let world = try World()
        _ = try world.connect()
        let running = try world.submit()
        world.core.run(for: .milliseconds(10))
        let point = try world.submit(.point)
        let other = try world.submit(.custom, "later")
        let stop = try world.submit(.stop)
        world.core.run(for: .milliseconds(100))
        #expect(world.now(stop)?.status == .success)
        #expect(world.now(point)?.status == .failed)
        #expect(world.now(point)?.output == "a stop took its place\n")
        #expect(world.now(running)?.status == .inProgress)
        world.core.run(for: .seconds(10))
        #expect(world.now(running)?.status == .success)
        #expect(world.now(other)?.status == .success)
    }

    @Test func `a stop ends a movement that waits for the device`() throws {
        let world = try World()
        _ = try world.connect(#"{"unreachable_seconds":5}"#)
        let point = try world.submit(.point, expiry: .seconds(60))
        world.core.run(for: .seconds(1))
        try world.submit(.stop)
        world.core.run(for: .seconds(20))
        #expect(world.now(point)?.output == "a stop took its place\n")
    }

    @Test func `a lease keeps others out, but not what the device was given, nor a stop`() throws {
        let world = try World()
        _ = try world.connect()
        let running = try world.submit(by: "eva")
        let waiting = try world.submit(by: "eva")
        let holders = try world.submit(by: "ian")
        world.core.run(for: .milliseconds(100))
        let lease = try world.lease(to: "ian")
        world.core.run(for: .seconds(5))
        #expect(world.now(running)?.status == .success)
        #expect(world.now(waiting)?.status == .failed)
        #expect(world.now(waiting)?.output == "lease held by ian\n")
        #expect(world.now(holders)?.status == .success)
        let refusal = CommandError.leased(user: "ian", since: lease.createdAt)
        #expect(throws: refusal) { try world.submit(by: "eva") }
        #expect(try world.submit(by: "ian").status == .inProgress)
        let stop = try world.submit(.stop, by: "eva")
        world.core.run(for: .seconds(5))
        #expect(world.now(stop)?.status == .success)
    }

    @Test func `a device that comes back gets what waited for it; what expired it does not`()
        throws
    {
        let world = try World()
        let connection = try world.connect(#"{"unreachable_seconds":3600}"#)
        let impatient = try world.submit()
        let short = try world.submit(expiry: .seconds(20))
        let long = try world.submit(expiry: .seconds(600))
        world.core.run(for: .seconds(60))
        #expect(world.now(impatient)?.output == "cannot connect: the device is away\n")
        #expect(
            world.now(short)?.output == "cannot connect: the device is away\nexpired\n")
        #expect(world.now(long)?.status == .inProgress)
        _ = try world.core.perform {
            try world.commands.enter { (commands) throws(CommandError) in
                try commands.change(connection.id, of: world.device, to: .simulated, [:])
            }
        }
        world.core.run(for: .seconds(60))
        #expect(world.now(long)?.status == .success)
        #expect(world.now(long)?.output.hasSuffix("3 of 3\n") == true)
    }

    @Test func `a request that is repeated is the command that it was`() throws {
        let world = try World()
        _ = try world.connect()
        let first = try world.submit(.custom, "a", key: "k")
        #expect(try world.submit(.custom, "a", key: "k") == first)
        world.core.run(for: .seconds(5))
        #expect(try world.submit(.custom, "a", key: "k") == first)
        #expect(try world.submit(.custom, "a", by: "ian", key: "k") != first)
        #expect(try world.submit(.custom, "a") != first)
        #expect(throws: CommandError.keyIsUsed) { try world.submit(.custom, "b", key: "k") }
        #expect(throws: CommandError.keyIsUsed) { try world.submit(.reboot, key: "k") }
        #expect(throws: CommandError.invalidKey) { try world.submit(key: "") }
        let secret = try world.submit(.changePassword, "first password", key: "s")
        #expect(secret.input == ["password": .string("********")])
        #expect(throws: CommandError.keyIsUsed) {
            try world.submit(.changePassword, "other password", key: "s")
        }
    }

    @Test func `after a restart everything that was under way has failed, and keys are known`()
        throws
    {
        let world = try World()
        let connection = try world.connect()
        let running = try world.submit(.custom, "a", key: "k")
        let waiting = try world.submit()
        world.core.run(for: .milliseconds(100))
        let rows = [running, waiting].compactMap { world.now($0)?.row }
        let next = try World(connections: [connection.row], commands: rows)
        let known = try next.core.perform {
            try next.commands.enter { (commands) throws(CommandError) in
                try commands.command(running.id, of: world.device)
            }
        }
        #expect(known.status == .failed)
        #expect(known.output == "begun\ninterrupted by restart\n")
        next.core.run(for: .seconds(60))
        #expect(next.news().isEmpty)
        var wish = CommandWish(.custom, input: ["command": .string("a")])
        wish.key = "k"
        let again = wish
        let repeated = try next.core.perform {
            try next.commands.enter { (commands) throws(CommandError) in
                try commands.submit(again, to: world.device, by: "eva")
            }
        }
        #expect(repeated == running)
    }

    @Test func `a deleted connection ends what waits for it, and goes on with what runs`() throws {
        let world = try World()
        let connection = try world.connect()
        let running = try world.submit()
        world.core.run(for: .milliseconds(100))
        let waiting = try world.submit()
        try world.core.perform {
            try world.commands.enter { (commands) throws(CommandError) in
                try commands.disconnect(connection.id, of: world.device)
            }
        }
        #expect(world.now(waiting)?.output == "its connection was deleted\n")
        world.core.run(for: .seconds(5))
        #expect(world.now(running)?.status == .success)
        #expect(throws: CommandError.noConnection) { try world.submit() }
    }

    @Test func `a deleted device ends everything, and everybody hears of it`() throws {
        let world = try World()
        _ = try world.connect()
        let all = try (0..<3).map { _ in try world.submit() } + [try world.submit(.stop)]
        world.core.run(for: .milliseconds(10))
        _ = world.news()
        world.core.perform { world.commands.enter { $0.forget(device: world.device) } }
        world.core.run(for: .zero)
        let news = world.news()
        #expect(Set(news.map(\.id)) == Set(all.map(\.id)))
        #expect(news.allSatisfy { $0.output.hasSuffix("the device was deleted\n") })
        #expect(world.now(all[0]) == nil)
        world.core.run(for: .seconds(10))
        #expect(world.news().isEmpty)
    }

    @Test func `bounds are kept`() throws {
        var limits = CommandLimits()
        limits.waitingPerDevice = 2
        limits.endedPerDevice = 3
        limits.connectionsPerDevice = 2
        let world = try World(limits: limits)
        _ = try world.connect()
        _ = try world.connect()
        #expect(throws: CommandError.tooManyConnections) { _ = try world.connect() }
        var made = try (0..<3).map { _ in try world.submit() }
        #expect(throws: CommandError.tooManyCommands) { try world.submit() }
        try world.submit(.stop)
        world.core.run(for: .seconds(10))
        made += try (0..<3).map { _ in try world.submit() }
        world.core.run(for: .seconds(10))
        let list = world.core.perform { world.commands.enter { $0.commands(of: world.device) } }
        #expect(list.map(\.id) == made.suffix(3).reversed().map(\.id))
    }

    @Test func `outputs of all devices together are bounded, the first that ended goes first`()
        throws
    {
        var limits = CommandLimits()
        limits.keptOutputBytes = 25
        let world = try World(limits: limits)
        _ = try world.connect()
        let made = try (0..<4).map { _ in try world.submit() }
        world.core.run(for: .seconds(10))
        #expect(made.map { world.now($0) != nil } == [false, false, true, true])
    }

    @Test func `the way is the one that was named, or the first that takes such commands`() throws {
        let world = try World()
        #expect(throws: CommandError.noConnection) { try world.submit() }
        let rotor = try world.core.perform {
            try world.commands.enter { (commands) throws(CommandError) in
                try commands.connect(world.device, .rotctld, [:])
            }
        }
        #expect(throws: CommandError.notPossible(.changePassword, driver: nil)) {
            try world.submit(.changePassword, "long enough")
        }
        world.core.run(for: .seconds(1))
        let simulated = try world.connect()
        #expect(try world.submit().connection == rotor.id)
        #expect(
            try world.submit(.changePassword, "long enough").connection == simulated.id)
    }
}
