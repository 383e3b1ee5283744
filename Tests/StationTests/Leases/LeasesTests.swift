import Engine
@testable import Station
import Testing

@Suite struct LeasesTests {
    private final class World {
        let core = Core(pace: .virtual, seed: 1)
        let devices: Devices
        let leases: Leases
        let device: Device

        init() throws {
            let limits = StationLimits()
            let core = core
            let devices = Devices(core: core, limits: limits)
            self.devices = devices
            leases = Leases(core: core, limits: limits, devices: devices)
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
}
