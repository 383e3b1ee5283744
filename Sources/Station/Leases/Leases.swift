package import Engine

/// Who has which device, and who had it.
///
/// Ends are reached by engine time; the wall clock only names times.
package actor Leases: CoreActor {
    /// What a caller wants.
    package struct Wish: Sendable {
        package var duration: Duration?
        package var heartbeat: Duration?

        package init(duration: Duration? = nil, heartbeat: Duration? = nil) {
            self.duration = duration
            self.heartbeat = heartbeat
        }
    }

    /// What ends a held lease by itself, in engine time.
    private struct Deadlines {
        var expiry: Instant?
        var silence: Instant?

        var next: Instant? { [expiry, silence].compactMap(\.self).min() }
    }

    package nonisolated let core: Core
    /// Published when a device has become somebody's.
    package nonisolated let begun = Topic<Lease>("lease.begun")
    private let limits: StationLimits
    private let devices: Devices
    private var ids: UniqueIDs
    private var leases: [String: Lease] = [:]
    /// Leases of each organisation, oldest first, as their creation times are.
    private var order: [String: [String]] = [:]
    /// The held lease of a device.
    private var held: [String: String] = [:]
    private var deadlines: [String: Deadlines] = [:]
    private lazy var timer = Timer(on: self) { $0.endWhatIsDue() }

    package init(core: Core, limits: StationLimits, devices: Devices) {
        self.core = core
        self.limits = limits
        self.devices = devices
        ids = UniqueIDs(core: core, purpose: "leases")
    }

    /// - Parameter rows: by creation time.
    package func start(_ rows: [StoreRow]) {
        for lease in rows.compactMap(Lease.stored) {
            leases[lease.id] = lease
            order[lease.organization, default: []].append(lease.id)
            guard lease.isHeld else { continue }
            held[lease.device] = lease.id
            watch(lease, expiry: lease.expiresAt.map { core.utc.duration(to: $0) })
        }
        endWhatIsDue()
    }

    // MARK: Reading

    /// Those of an organisation, newest first, that were created before a time.
    package func list(
        of organization: String, before: UTCTime?, limit: Int,
        where isWanted: (Lease) -> Bool = { _ in true }
    ) -> (leases: [Lease], hasMore: Bool) {
        let all = order[organization] ?? []
        var end = all.count
        if let before {
            end = all.partitioningIndex { (leases[$0]?.createdAt ?? before) >= before }
        }
        var page: [Lease] = []
        for id in all[..<end].reversed() {
            guard let lease = leases[id], isWanted(lease) else { continue }
            guard page.count < limit else { return (page, true) }
            page.append(lease)
        }
        return (page, false)
    }

    package func lease(_ id: String, in organization: String) throws(LeaseError) -> Lease {
        guard let lease = leases[id], lease.organization == organization else {
            throw .unknownLease
        }
        return lease
    }

    /// The lease that makes a device somebody's; nil while it is free.
    package func holder(of device: String) -> Lease? {
        held[device].flatMap { leases[$0] }
    }

    // MARK: Changing

    package func create(
        device id: String, in organization: String, by user: String, _ wish: Wish
    ) throws(LeaseError) -> Lease {
        try check(wish)
        guard let device = devices.enter({ $0.device(id) }), device.organization == organization
        else { throw .unknownDevice }
        if let lease = holder(of: id) {
            throw .unavailable(user: lease.user, since: lease.createdAt)
        }
        return insert(device, user, wish)
    }

    /// Leases the longest known free device that would do.
    package func create(
        in organization: String, by user: String, _ wish: Wish,
        where isWanted: (Device) -> Bool
    ) throws(LeaseError) -> Lease {
        try check(wish)
        let candidates = devices.enter { $0.all(in: .only([organization])) }.reversed().filter(
            isWanted)
        guard !candidates.isEmpty else { throw .unknownDevice }
        guard let free = candidates.first(where: { held[$0.id] == nil }) else {
            throw .noneAvailable
        }
        return insert(free, user, wish)
    }

    /// Ends a lease; one that has ended stays as it is.
    ///
    /// - Parameter mayRevoke: whether the caller may end what others hold.
    package func release(
        _ id: String, in organization: String, by user: String, mayRevoke: Bool
    ) throws(LeaseError) -> Lease {
        let lease = try lease(id, in: organization)
        guard lease.user == user || mayRevoke else { throw .notYours }
        guard lease.isHeld else { return lease }
        return end(lease, lease.user == user ? .released : .revoked)
    }

    /// The holder is there.
    package func heartbeat(
        _ id: String, in organization: String, by user: String
    ) throws(LeaseError) -> Lease {
        let lease = try lease(id, in: organization)
        guard lease.user == user else { throw .notYours }
        guard lease.isHeld else { throw .hasEnded }
        if let heartbeat = lease.heartbeat {
            deadlines[id]?.silence = core.now.advanced(by: heartbeat)
            rearm()
        }
        return lease
    }

    private func check(_ wish: Wish) throws(LeaseError) {
        if let duration = wish.duration, !limits.leaseDurations.contains(duration) {
            throw .invalidDuration
        }
        if let heartbeat = wish.heartbeat, !limits.leaseHeartbeats.contains(heartbeat) {
            throw .invalidHeartbeat
        }
    }

    private func insert(_ device: Device, _ user: String, _ wish: Wish) -> Lease {
        let created = creationTime(in: device.organization)
        let lease = Lease(
            id: ids.next { leases[$0] != nil }, organization: device.organization, user: user,
            device: device.id, description: device.description, createdAt: created,
            expiresAt: wish.duration.map { created.advanced(by: $0) }, heartbeat: wish.heartbeat)
        leases[lease.id] = lease
        order[lease.organization, default: []].append(lease.id)
        held[device.id] = lease.id
        core.write(.put(table: "leases", row: lease.row))
        watch(lease, expiry: wish.duration)
        rearm()
        begun.publish(lease)
        return lease
    }

    /// Now in whole milliseconds, and later than every other of the organisation: the times are
    /// what a reader pages by.
    private func creationTime(in organization: String) -> UTCTime {
        let millisecond: Int64 = 1_000_000
        let now = core.utc.nanoseconds
        let whole = now - ((now % millisecond) + millisecond) % millisecond
        guard let last = order[organization]?.last.flatMap({ leases[$0] })?.createdAt else {
            return UTCTime(nanoseconds: whole)
        }
        return max(UTCTime(nanoseconds: whole), last.advanced(by: .milliseconds(1)))
    }

    // MARK: Ending by itself

    private func watch(_ lease: Lease, expiry: Duration?) {
        let deadlines = Deadlines(
            expiry: expiry.map { core.now.advanced(by: max($0, .zero)) },
            silence: lease.heartbeat.map { core.now.advanced(by: $0) })
        if deadlines.next != nil { self.deadlines[lease.id] = deadlines }
    }

    private func rearm() {
        // Left armed when nothing is due any more: it rings once more, for nothing.
        guard let next = deadlines.values.compactMap(\.next).min() else { return }
        timer.arm(at: next)
    }

    private func endWhatIsDue() {
        let due = deadlines.filter { $0.value.next.map { $0 <= core.now } ?? false }
        for (id, deadlines) in due.sorted(by: { $0.key < $1.key }) {
            guard let lease = leases[id] else { continue }
            let hasExpired = deadlines.expiry.map { $0 <= core.now } ?? false
            end(lease, hasExpired ? .expired : .heartbeatLost)
        }
        rearm()
    }

    @discardableResult
    private func end(_ lease: Lease, _ end: Lease.End) -> Lease {
        let ended = lease.ended(end, at: core.utc)
        leases[lease.id] = ended
        held[lease.device] = nil
        deadlines[lease.id] = nil
        core.write(.put(table: "leases", row: ended.row))
        core.log(
            .info, "lease", "ended",
            ["lease": lease.id, "device": lease.description.name, "reason": end.rawValue])
        return ended
    }
}

extension Array {
    /// The first index whose element meets a condition that all later ones meet too.
    fileprivate func partitioningIndex(where isLater: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isLater(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
