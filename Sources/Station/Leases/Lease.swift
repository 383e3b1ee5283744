package import Engine

/// Exclusive use of a device by one user, now or once.
package struct Lease: Sendable, Equatable {
    /// Why a lease is over.
    package enum End: String, Sendable, CaseIterable {
        case released
        case expired
        case revoked
        case heartbeatLost = "heartbeat_lost"
        /// Another user's lease began with its end.
        case handedOver = "handed_over"
    }

    package let id: String
    package let organization: String
    package let user: String
    package let device: String
    /// The device as it was when it was leased.
    package let description: Device.Description
    /// Unique within the organisation, to the millisecond, which is as exact as it is shown.
    package let createdAt: UTCTime
    /// When it ends by itself; nil for never.
    package let expiresAt: UTCTime?
    /// How long its holder may be silent; nil for as long as it wants.
    package let heartbeat: Duration?
    package fileprivate(set) var releasedAt: UTCTime?
    package fileprivate(set) var end: End?

    package var isHeld: Bool { releasedAt == nil }

    func ended(_ end: End, at time: UTCTime) -> Lease {
        var lease = self
        lease.end = end
        // A clock that was set back must not end it before it began.
        lease.releasedAt = max(time, createdAt)
        return lease
    }
}

/// Why the leases refuse.
package enum LeaseError: Error, Sendable, Equatable {
    case unknownLease
    case unknownDevice
    /// Who has the device, and since when.
    case unavailable(user: String, since: UTCTime)
    /// Every device that would do is leased.
    case noneAvailable
    case notYours
    /// Not even who may end the lease can say that its holder is there.
    case notHeldByYou
    case invalidDuration
    case invalidHeartbeat
    case hasEnded
    /// A device cannot be handed over to who has it.
    case isHolder
}

extension Lease {
    var row: StoreRow {
        [
            "id": .text(id), "organization_id": .text(organization), "user_id": .text(user),
            "device_id": .text(device), "platform": .text(description.platform),
            "type": .text(description.type), "name": .text(description.name),
            "os_version": .text(description.osVersion),
            "created_ns": .integer(createdAt.nanoseconds),
            "expires_ns": expiresAt.map { .integer($0.nanoseconds) } ?? .null,
            "heartbeat_ns": heartbeat.map { .integer($0.nanoseconds) } ?? .null,
            "released_ns": releasedAt.map { .integer($0.nanoseconds) } ?? .null,
            "end_reason": end.map { .text($0.rawValue) } ?? .null,
        ]
    }

    static func stored(_ row: StoreRow) -> Lease? {
        guard let id = row.text("id"), let organization = row.text("organization_id"),
            let user = row.text("user_id"), let device = row.text("device_id"),
            let name = row.text("name"), let created = row.integer("created_ns")
        else { return nil }
        var description = Device.Description(name: name)
        description.platform = row.text("platform") ?? ""
        description.type = row.text("type") ?? ""
        description.osVersion = row.text("os_version") ?? ""
        return Lease(
            id: id, organization: organization, user: user, device: device,
            description: description, createdAt: UTCTime(nanoseconds: created),
            expiresAt: row.integer("expires_ns").map { UTCTime(nanoseconds: $0) },
            heartbeat: row.integer("heartbeat_ns").map { .nanoseconds($0) },
            releasedAt: row.integer("released_ns").map { UTCTime(nanoseconds: $0) },
            end: row.text("end_reason").flatMap(End.init(rawValue:)))
    }
}
