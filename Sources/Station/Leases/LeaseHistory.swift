import Engine

/// The leases of one organisation, in little memory, and found by what callers ask for.
///
/// A lease takes about 150 bytes here; what many have in common is kept once.
struct LeaseHistory {
    /// What callers may ask for.
    struct Wanted {
        var device: String?
        var isHeld: Bool?
    }

    private let organization: String
    private var leases = OrderedBlocks<KeptLease>()
    /// Where each lease stands: when it was created, which no other of the organisation was.
    private var places: [LeaseID: Int64] = [:]
    private var held = OrderedBlocks<Int64>()
    private var ended = OrderedBlocks<Int64>()
    private var ofDevice: [String: OrderedBlocks<Int64>] = [:]
    private var users = Interned<String>()
    private var devices = Interned<LeasedDevice>()

    init(organization: String) {
        self.organization = organization
    }

    var endedCount: Int { ended.count }
    /// When the newest was created.
    var newest: UTCTime? { leases.last.map { UTCTime(nanoseconds: $0.place) } }
    /// The ended one that was created first.
    var oldestEnded: Lease? { ended.first.flatMap { leases[$0] }.map { lease($0) } }

    subscript(id: String) -> Lease? {
        LeaseID(id).flatMap { places[$0] }.flatMap { leases[$0] }.map { lease($0) }
    }

    /// Those that are wanted, newest first, that were created before a time.
    func list(
        _ wanted: Wanted, before: UTCTime?, limit: Int
    ) -> (leases: [Lease], hasMore: Bool) {
        var page: [Lease] = []
        var hasMore = false
        let end = before?.nanoseconds
        let show = { (kept: KeptLease) -> Bool in
            guard wanted.isHeld.map({ $0 == (kept.released == nil) }) ?? true else { return true }
            guard page.count < limit else {
                hasMore = true
                return false
            }
            page.append(lease(kept))
            return true
        }
        let showPlace = { (place: Int64) -> Bool in leases[place].map(show) ?? true }
        if let device = wanted.device {
            ofDevice[device]?.descend(below: end, showPlace)
        } else if let isHeld = wanted.isHeld {
            (isHeld ? held : ended).descend(below: end, showPlace)
        } else {
            leases.descend(below: end, show)
        }
        return (page, hasMore)
    }

    // MARK: Changing

    /// Takes a lease in, or over; false for one whose id or time cannot be its own.
    mutating func keep(_ lease: Lease) -> Bool {
        guard let id = LeaseID(lease.id) else { return false }
        let place = lease.createdAt.nanoseconds
        if let known = leases[place] {
            guard known.id == id else { return false }
            forget(known)
        } else if places[id] != nil {
            return false
        }
        let kept = KeptLease(
            id: id, created: place, released: lease.releasedAt?.nanoseconds,
            expires: lease.expiresAt?.nanoseconds,
            heartbeat: lease.heartbeat.map { Int32(clamping: $0.nanoseconds / 1_000_000) },
            user: users.take(lease.user),
            device: devices.take(LeasedDevice(id: lease.device, description: lease.description)),
            end: lease.end)
        leases.insert(kept)
        places[id] = place
        ofDevice[lease.device, default: OrderedBlocks()].insert(place)
        if lease.isHeld { held.insert(place) } else { ended.insert(place) }
        return true
    }

    mutating func remove(_ lease: Lease) {
        if let kept = leases[lease.createdAt.nanoseconds] { forget(kept) }
    }

    private mutating func forget(_ kept: KeptLease) {
        let device = devices[kept.device].id
        leases.remove(kept.place)
        places[kept.id] = nil
        held.remove(kept.place)
        ended.remove(kept.place)
        ofDevice[device]?.remove(kept.place)
        if ofDevice[device]?.count == 0 { ofDevice[device] = nil }
        users.giveBack(kept.user)
        devices.giveBack(kept.device)
    }

    private func lease(_ kept: KeptLease) -> Lease {
        let device = devices[kept.device]
        return Lease(
            id: kept.id.text, organization: organization, user: users[kept.user],
            device: device.id, description: device.description,
            createdAt: UTCTime(nanoseconds: kept.created),
            expiresAt: kept.expires.map { UTCTime(nanoseconds: $0) },
            heartbeat: kept.heartbeat.map { .milliseconds($0) },
            releasedAt: kept.released.map { UTCTime(nanoseconds: $0) }, end: kept.end)
    }
}

/// A device as it was when it was leased.
private struct LeasedDevice: Hashable {
    let id: String
    let description: Device.Description
}

/// A lease without what it shares with others.
private struct KeptLease: Ordered {
    let id: LeaseID
    let created: Int64
    let released: Int64?
    let expires: Int64?
    /// Milliseconds.
    let heartbeat: Int32?
    let user: Int32
    let device: Int32
    let end: Lease.End?

    var place: Int64 { created }
}
