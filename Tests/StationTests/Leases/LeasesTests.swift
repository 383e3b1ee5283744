import Engine
@testable import Station
import Testing

@Suite struct LeasesTests {
    private final class World {
        let core = Core(pace: .virtual, seed: 1)
        let devices: Devices
        let leases: Leases
        let device: Device

        init(_ limits: StationLimits = StationLimits()) throws {
            let core = core
            let devices = Devices(core: core, limits: limits)
            self.devices = devices
            leases = Leases(
                core: core, limits: limits, devices: devices,
                audit: Audit(core: core, identity: Identity(core: core)))
            device = try core.perform {
                try devices.enter { (devices) throws(DeviceError) in
                    try devices.add(Device.Description(name: "phone"), key: nil, to: "club")
                }
            }
        }

        func lease(_ wish: Leases.Wish) throws -> Lease {
            let id = device.id
            return try core.perform {
                try leases.enter { (leases) throws(LeaseError) in
                    try leases.create(device: id, in: "club", by: "eva", wish)
                }
            }
        }

        func handOver(_ lease: Lease, to user: String) throws -> Lease {
            try core.perform {
                try leases.enter { (leases) throws(LeaseError) in
                    try leases.handOver(lease, to: user)
                }
            }
        }

        func now(_ lease: Lease) throws -> Lease {
            try core.perform {
                try leases.enter { (leases) throws(LeaseError) in
                    try leases.lease(lease.id, in: "club")
                }
            }
        }
    }

    @Test func `a lease ends by itself when its duration is over, and not before`() throws {
        let world = try World()
        let lease = try world.lease(Leases.Wish(duration: .seconds(60)))
        world.core.run(for: .milliseconds(59_999))
        #expect(try world.now(lease).isHeld)
        world.core.run(for: .milliseconds(1))
        let ended = try world.now(lease)
        #expect(ended.end == .expired)
        #expect(ended.releasedAt == lease.expiresAt)
        #expect(try world.lease(Leases.Wish()).isHeld, "the device is free again")
    }

    @Test func `a silent holder loses the lease, one that is heard keeps it`() throws {
        let world = try World()
        let lease = try world.lease(Leases.Wish(heartbeat: .seconds(10)))
        for _ in 0..<5 {
            world.core.run(for: .seconds(9))
            _ = try world.core.perform {
                try world.leases.enter { (leases) throws(LeaseError) in
                    try leases.heartbeat(lease.id, in: "club", by: "eva")
                }
            }
        }
        #expect(try world.now(lease).isHeld)
        world.core.run(for: .seconds(10))
        #expect(try world.now(lease).end == .heartbeatLost)
    }

    @Test func `a device that is handed over keeps its end, and its heartbeat begins anew`() throws
    {
        let world = try World()
        let wish = Leases.Wish(duration: .seconds(60), heartbeat: .seconds(25))
        let first = try world.lease(wish)
        world.core.run(for: .seconds(20))
        let second = try world.handOver(first, to: "bob")
        let ended = try world.now(first)
        #expect(ended.end == .handedOver)
        #expect(second.user == "bob")
        #expect(second.expiresAt == first.expiresAt)
        #expect(second.heartbeat == first.heartbeat)
        #expect(second.createdAt > first.createdAt)
        world.core.run(for: .seconds(24))
        #expect(try world.now(second).isHeld, "the old holder's silence does not count")
        try world.core.perform {
            _ = try world.leases.enter { (leases) throws(LeaseError) in
                try leases.heartbeat(second.id, in: "club", by: "bob")
            }
        }
        world.core.run(for: .milliseconds(15_999))
        #expect(try world.now(second).isHeld)
        world.core.run(for: .milliseconds(1))
        #expect(try world.now(second).end == .expired, "a minute after the first began")
    }

    @Test func `only a lease that is held can be handed over, and not to its holder`() throws {
        let world = try World()
        let lease = try world.lease(Leases.Wish())
        #expect(throws: LeaseError.isHolder) { try world.handOver(lease, to: "eva") }
        let next = try world.handOver(lease, to: "bob")
        #expect(throws: LeaseError.hasEnded) { try world.handOver(lease, to: "carol") }
        #expect(try world.handOver(next, to: "eva").isHeld, "and back again")
    }

    @Test func `leases of one instant have different times in the order of their making`() throws {
        let world = try World()
        var times: [UTCTime] = []
        for _ in 0..<5 {
            let lease = try world.lease(Leases.Wish())
            times.append(lease.createdAt)
            _ = try world.core.perform {
                try world.leases.enter { (leases) throws(LeaseError) in
                    try leases.release(lease.id, in: "club", by: "eva", mayRevoke: false)
                }
            }
        }
        #expect(Set(times).count == 5)
        #expect(times == times.sorted())
        #expect(times.allSatisfy { $0.nanoseconds % 1_000_000 == 0 })
    }

    // MARK: Many

    private static func stored(
        _ number: Int, in organization: String = "club", device: String = "d", isHeld: Bool = false
    ) -> StoreRow {
        let created = Int64(number) * 1_000_000
        let tail = String(number, radix: 16)
        let id =
            "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - tail.count) + tail
        return [
            "id": .text(id), "organization_id": .text(organization), "user_id": .text("eva"),
            "device_id": .text(device), "name": .text("phone"), "platform": .text("ios"),
            "created_ns": .integer(created), "heartbeat_ns": .integer(90_500_000_000),
            "expires_ns": .integer(created + 5),
            "released_ns": isHeld ? .null : .integer(created + 1),
            "end_reason": isHeld ? .null : .text("released"),
        ]
    }

    private func list(
        _ world: World, _ organization: String = "club", device: String? = nil,
        isHeld: Bool? = nil, before: Int? = nil, limit: Int = 1000
    ) -> [Int] {
        world.core.look {
            world.leases.enter { leases in
                leases.list(
                    of: organization, device: device, isHeld: isHeld,
                    before: before.map { UTCTime(nanoseconds: Int64($0) * 1_000_000) },
                    limit: limit
                ).leases.map { Int($0.createdAt.nanoseconds / 1_000_000) }
            }
        }
    }

    @Test func `what is listed is what was asked for, newest first`() throws {
        let world = try World()
        let rows = (1...100).map { number in
            Self.stored(
                number, in: number % 4 == 0 ? "other" : "club", device: "d\(number % 3)",
                isHeld: number > 97)
        }
        world.core.perform { world.leases.enter { $0.start(rows) } }
        let club = (1...100).reversed().filter { $0 % 4 != 0 }
        #expect(list(world) == club)
        #expect(list(world, isHeld: true) == [99, 98])
        #expect(list(world, isHeld: false) == Array(club.dropFirst(2)))
        // Their time is over.
        world.core.run(for: .seconds(1))
        #expect(list(world, isHeld: true).isEmpty)
        #expect(list(world, isHeld: false) == club)
        #expect(list(world, device: "d1") == club.filter { $0 % 3 == 1 })
        #expect(list(world, device: "none").isEmpty)
        #expect(list(world, before: 50, limit: 2) == [49, 47])
        #expect(list(world, device: "d1", before: 49, limit: 2) == [46, 43])
        #expect(list(world, "other", isHeld: false, before: 9) == [8, 4])
        #expect(list(world, "nobody").isEmpty)
    }

    @Test func `a lease that comes back from the store is the same`() throws {
        let world = try World()
        let row = Self.stored(7)
        world.core.perform { world.leases.enter { $0.start([row]) } }
        let lease = try world.core.look {
            try world.leases.enter { (leases) throws(LeaseError) in
                try leases.lease("00000000-0000-4000-8000-000000000007", in: "club")
            }
        }
        #expect(lease == Lease.stored(row))
        #expect(throws: LeaseError.unknownLease) {
            try world.core.look {
                try world.leases.enter { (leases) throws(LeaseError) in
                    try leases.lease(lease.id, in: "other")
                }
            }
        }
    }

    @Test func `the oldest ended leases of whoever has most go, held ones stay`() throws {
        var limits = StationLimits()
        limits.endedLeases = 20
        let world = try World(limits)
        var rows = (1...30).map { Self.stored($0) } + (31...36).map { Self.stored($0, in: "few") }
        // No duration and no heartbeat: it stays held.
        rows[1] = StoreRow(
            columns: rows[1].columns.filter {
                !["expires_ns", "heartbeat_ns", "released_ns", "end_reason"].contains($0.name)
            })
        world.core.perform { world.leases.enter { $0.start(rows) } }
        #expect(list(world) == (17...30).reversed() + [2])
        #expect(list(world, "few") == (31...36).reversed())
        #expect(list(world, isHeld: true) == [2])
        let lease = try world.lease(Leases.Wish(duration: .seconds(1)))
        world.core.run(for: .seconds(2))
        #expect(try world.now(lease).end == .expired)
        #expect(list(world, isHeld: false).count == 14, "one came and one went")
        #expect(list(world, isHeld: false).last == 18)
    }

    @Test func `rows that cannot be leases are left out`() throws {
        let world = try World()
        let broken: [StoreRow] = [
            ["id": .text("x")],
            StoreRow(
                columns: Self.stored(9).columns.map {
                    $0.name == "id" ? .init(name: "id", value: .text("nine")) : $0
                }),
            // The same time as another's.
            StoreRow(
                columns: Self.stored(9).columns.map {
                    $0.name == "created_ns" ? .init(name: $0.name, value: .integer(7_000_000)) : $0
                }),
        ]
        world.core.perform { world.leases.enter { $0.start([Self.stored(7)] + broken) } }
        #expect(list(world) == [7])
    }
}
