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

    package nonisolated let core: Core
    /// Published when a device was leased or is free again, about the device.
    nonisolated let changes = Topic<LeaseChange>("lease.changes")
    private let limits: StationLimits
    private let devices: Devices
    private let audit: Audit
    private var ids: UniqueIDs
    /// By organisation.
    private var histories: [String: LeaseHistory] = [:]
    private var endedCount = 0
    /// The held lease of a device.
    private var held: [String: Lease] = [:]
    private var deadlines = Deadlines()
    private lazy var timer = Timer(on: self) { $0.endWhatIsDue() }

    package init(core: Core, limits: StationLimits, devices: Devices, audit: Audit) {
        self.core = core
        self.limits = limits
        self.devices = devices
        self.audit = audit
        ids = UniqueIDs(core: core, purpose: "leases")
    }

    /// - Parameter rows: by creation time.
    package func start(_ rows: [StoreRow]) {
        for lease in rows.compactMap(Lease.stored) {
            guard keep(lease) else {
                core.log(.warning, "lease", "stored as it cannot be", ["lease": lease.id])
                continue
            }
            if lease.isHeld {
                watch(lease, expiry: lease.expiresAt.map { core.utc.duration(to: $0) })
            }
        }
        endWhatIsDue()
        forgetOldest()
    }

    // MARK: Reading

    /// Those of an organisation, newest first, that were created before a time.
    ///
    /// - Parameters:
    ///   - device: only those of this device.
    ///   - isHeld: only those that are held, or only those that have ended.
    package func list(
        of organization: String, device: String? = nil, isHeld: Bool? = nil,
        before: UTCTime?, limit: Int
    ) -> (leases: [Lease], hasMore: Bool) {
        histories[organization]?.list(
            LeaseHistory.Wanted(device: device, isHeld: isHeld), before: before, limit: limit)
            ?? ([], false)
    }

    package func lease(_ id: String, in organization: String) throws(LeaseError) -> Lease {
        guard let lease = histories[organization]?[id] else { throw .unknownLease }
        return lease
    }

    /// The lease that makes a device somebody's; nil while it is free.
    package func holder(of device: String) -> Lease? { held[device] }

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
        let candidates = devices.enter { $0.inNoOrder(of: organization) }.filter(isWanted)
        guard !candidates.isEmpty else { throw .unknownDevice }
        let free = candidates.filter { held[$0.id] == nil }
            .min { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        guard let free else { throw .noneAvailable }
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

    /// The lease, if the caller may hand its device over now.
    package func toHandOver(
        _ id: String, in organization: String, by user: String, mayRevoke: Bool
    ) throws(LeaseError) -> Lease {
        let lease = try lease(id, in: organization)
        guard lease.user == user || mayRevoke else { throw .notYours }
        guard lease.isHeld else { throw .hasEnded }
        return lease
    }

    /// Gives a device to another user, and nobody else can take it in between: the lease ends, and
    /// one begins that ends by itself when the old one would have.
    ///
    /// - Returns: the lease that has begun.
    func handOver(_ lease: Lease, to user: String) throws(LeaseError) -> Lease {
        guard held[lease.device]?.id == lease.id else { throw .hasEnded }
        guard lease.user != user else { throw .isHolder }
        let rest = deadlines.expiry(of: lease.id).map { core.now.duration(to: $0) }
        _ = end(lease, .handedOver)
        let description = devices.enter { $0.device(lease.device) }?.description
        return begin(
            Lease(
                id: newID(in: lease.organization), organization: lease.organization, user: user,
                device: lease.device, description: description ?? lease.description,
                createdAt: creationTime(in: lease.organization), expiresAt: lease.expiresAt,
                heartbeat: lease.heartbeat),
            expiry: rest)
    }

    /// The holder is there.
    package func heartbeat(
        _ id: String, in organization: String, by user: String
    ) throws(LeaseError) -> Lease {
        let lease = try lease(id, in: organization)
        guard lease.user == user else { throw .notHeldByYou }
        guard lease.isHeld else { throw .hasEnded }
        if let heartbeat = lease.heartbeat {
            deadlines.heard(id, silence: core.now.advanced(by: heartbeat))
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
        return begin(
            Lease(
                id: newID(in: device.organization), organization: device.organization, user: user,
                device: device.id, description: device.description, createdAt: created,
                expiresAt: wish.duration.map { created.advanced(by: $0) },
                heartbeat: wish.heartbeat),
            expiry: wish.duration)
    }

    private func newID(in organization: String) -> String {
        ids.next { histories[organization]?[$0] != nil }
    }

    private func begin(_ lease: Lease, expiry: Duration?) -> Lease {
        let isKept = keep(lease)
        precondition(isKept, "a new lease has an id and a time of its own")
        core.write(.put(table: "leases", row: lease.row))
        watch(lease, expiry: expiry)
        rearm()
        changes.publish(LeaseChange(device: lease.device), about: [lease.device])
        return lease
    }

    private func keep(_ lease: Lease) -> Bool {
        let isKept = histories[
            lease.organization, default: LeaseHistory(organization: lease.organization)
        ].keep(lease)
        guard isKept else { return false }
        if lease.isHeld { held[lease.device] = lease } else { endedCount += 1 }
        return true
    }

    /// Now in whole milliseconds, and later than every other of the organisation: the times are
    /// what a reader pages by.
    private func creationTime(in organization: String) -> UTCTime {
        let whole = core.utc.milliseconds
        guard let newest = histories[organization]?.newest else { return whole }
        return max(whole, newest.advanced(by: .milliseconds(1)))
    }

    // MARK: Ending by itself

    private func watch(_ lease: Lease, expiry: Duration?) {
        deadlines.watch(
            lease.id,
            Deadlines.Deadline(
                expiry: expiry.map { core.now.advanced(by: max($0, .zero)) },
                silence: lease.heartbeat.map { core.now.advanced(by: $0) }, device: lease.device))
    }

    private func rearm() {
        // Left armed when nothing is due any more: it rings once more, for nothing.
        if let next = deadlines.next { timer.arm(at: next) }
    }

    private func endWhatIsDue() {
        while let due = deadlines.takeDue(now: core.now) {
            guard let lease = held[due.device] else { continue }
            let hasExpired = due.expiry.map { $0 <= core.now } ?? false
            tell(end(lease, hasExpired ? .expired : .heartbeatLost))
        }
        rearm()
    }

    private func tell(_ lease: Lease) {
        var event = AuditEvent("end_lease")
        event.user = lease.user
        event.resource = "session:\(lease.id)"
        event.endReason = lease.end?.rawValue
        event.device = lease.device
        event.session = lease.id
        event.organization = lease.organization
        audit.enter { $0.add(event) }
    }

    private func end(_ lease: Lease, _ end: Lease.End) -> Lease {
        let ended = lease.ended(end, at: core.utc)
        held[lease.device] = nil
        deadlines.forget(lease.id)
        _ = keep(ended)
        core.write(.put(table: "leases", row: ended.row))
        core.log(
            .info, "lease", "ended",
            ["lease": lease.id, "device": lease.description.name, "reason": end.rawValue])
        changes.publish(LeaseChange(device: lease.device), about: [lease.device])
        forgetOldest()
        return ended
    }

    /// Forgets what is more than may be kept: of the organisation that has most, the oldest.
    private func forgetOldest() {
        while endedCount > limits.endedLeases {
            let organization = histories.max {
                ($0.value.endedCount, $0.key) < ($1.value.endedCount, $1.key)
            }?.key
            guard let organization, let oldest = histories[organization]?.oldestEnded else {
                return
            }
            histories[organization]?.remove(oldest)
            endedCount -= 1
            core.write(.delete(table: "leases", key: ["id": .text(oldest.id)]))
        }
    }
}

/// News that a device was leased, or that its lease has ended; whoever minds looks who has it now.
package struct LeaseChange: Sendable {
    package let device: String
}
