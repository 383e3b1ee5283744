import Engine
import JSON
import Station

/// 001 «Sessions»: leases of devices, and the devices of an organisation.
struct LeaseRoutes: Sendable {
    let station: FieldStation

    static let defaultLimit = 100
    /// The document's greatest page.
    static let limits = 1...500

    var routes: [Route] {
        [
            Route("GET", "/api/v1/devices", devices, operations.devices),
            Route("GET", "/api/v1/sessions", list, operations.list),
            Route("POST", "/api/v1/sessions", create, operations.create),
            Route("GET", "/api/v1/sessions/{id}", show, operations.show),
            Route("POST", "/api/v1/sessions/{id}/release", release, operations.release),
            Route("POST", "/api/v1/sessions/{id}/hand-over", handOver, operations.handOver),
            Route("POST", "/api/v1/sessions/{id}/heartbeat", heartbeat, operations.heartbeat),
        ]
    }

    private var operations: LeaseOperations { LeaseOperations(limits: station.limits) }
    private var access: Access { Access(station: station) }

    // MARK: Reading

    private func devices(_ request: APIRequest) throws(APIError) -> Reply {
        let organization = try access.organization(request, try access.caller(request))
        let devices = station.devices.enter { $0.all(in: .only([organization.id])) }
        let data = devices.map { device in
            var object = Self.json(device.id, device.description)
            object["leased"] = .bool(station.leases.enter { $0.holder(of: device.id) } != nil)
            return JSONValue.object(object)
        }
        return .object(["object": .string("list"), "data": .array(data)])
    }

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let organization = try access.organization(request, try access.caller(request))
        let limit = try limit(request)
        let before = try before(request)
        let device = request.query("device")
        let isActive = try active(request)
        let (leases, hasMore) = station.leases.enter { leases in
            leases.list(
                of: organization.id, device: device, isHeld: isActive, before: before, limit: limit)
        }
        var page: JSONObject = [
            "object": .string("list"), "data": .array(leases.map { .object(Self.json($0)) }),
        ]
        if hasMore, let last = leases.last {
            page["nextCursor"] = .string(last.createdAt.text(.milliseconds))
        }
        return .object(page)
    }

    private func limit(_ request: APIRequest) throws(APIError) -> Int {
        guard let text = request.query("limit") else { return Self.defaultLimit }
        guard let limit = Int(text), Self.limits.contains(limit) else {
            throw APIError(400, #""limit" must be a whole number from 1 to 500"#)
        }
        return limit
    }

    private func before(_ request: APIRequest) throws(APIError) -> UTCTime? {
        guard let text = request.query("before") else { return nil }
        guard let time = UTCTime(rfc3339: text) else {
            throw APIError(
                400, #""before" must be an RFC 3339 time such as 2026-05-01T12:00:00.000Z"#)
        }
        return time
    }

    private func active(_ request: APIRequest) throws(APIError) -> Bool? {
        switch request.query("active") {
        case nil: return nil
        case "true"?: return true
        case "false"?: return false
        default: throw APIError(400, #""active" must be true or false"#)
        }
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        let organization = try access.organization(request, try access.caller(request))
        let lease = try leases { (leases) throws(LeaseError) in
            try leases.lease(request[parameter: "id"], in: organization.id)
        }
        return .object(Self.json(lease))
    }

    // MARK: Changing

    private func create(_ request: APIRequest) throws(APIError) -> Reply {
        let caller = try access.caller(request)
        let organization = try access.organization(request, caller)
        let role = station.identity.enter { $0.role(of: caller.user.id, in: organization.id) }
        guard caller.user.isSuperuser || role != .readonly else {
            throw APIError(403, "a readonly member may not lease devices")
        }
        let body = try request.object()
        let fields = BodyFields(body)
        var wish = Leases.Wish()
        wish.duration = try fields.optionalSeconds("duration")
        wish.heartbeat = try fields.optionalSeconds("heartbeat")
        let asked = wish
        let lease: Lease
        if let device = try fields.optionalText("device") {
            guard body["filters"] ?? .null == .null else {
                throw APIError(400, #"give "device" or "filters", not both"#)
            }
            do throws(APIError) {
                lease = try leases { (leases) throws(LeaseError) in
                    try leases.create(
                        device: device, in: organization.id, by: caller.user.id, asked)
                }
            } catch {
                throw error.noted(AuditNote(device: device, organization: organization.id))
            }
        } else {
            let filters = try DeviceFilter.all(body["filters"])
            lease = try leases { (leases) throws(LeaseError) in
                try leases.create(in: organization.id, by: caller.user.id, asked) { device in
                    filters.allSatisfy { $0.matches(device.description) }
                }
            }
        }
        return .object(Self.json(lease), status: 201).noted(AuditNote(lease))
    }

    private func release(_ request: APIRequest) throws(APIError) -> Reply {
        let caller = try access.caller(request)
        let organization = try access.organization(request, caller)
        let mayRevoke = manages(caller, organization)
        let lease = try leases { (leases) throws(LeaseError) in
            try leases.release(
                request[parameter: "id"], in: organization.id, by: caller.user.id,
                mayRevoke: mayRevoke)
        }
        return .object(Self.json(lease)).noted(AuditNote(lease))
    }

    private func handOver(_ request: APIRequest) throws(APIError) -> Reply {
        let caller = try access.caller(request)
        let organization = try access.organization(request, caller)
        let mayRevoke = manages(caller, organization)
        // Before the body is looked at: only who may hand over learns who is a member.
        let lease = try leases { (leases) throws(LeaseError) in
            try leases.toHandOver(
                request[parameter: "id"], in: organization.id, by: caller.user.id,
                mayRevoke: mayRevoke)
        }
        let receiver = try receiver(
            named: try BodyFields(try request.object()).text("user"), caller, organization)
        let begun: Lease
        do throws(LeaseError) {
            begun = try station.handOver(lease, to: receiver.id)
        } catch {
            throw apiError(error)
        }
        var note = AuditNote(lease)
        note.resource = "session:\(lease.id)"
        note.details = "to \(receiver.email), session \(begun.id)"
        note.endReason = Lease.End.handedOver.rawValue
        return .object(Self.json(begun), status: 201).noted(note)
    }

    /// A member who may lease devices; a superuser may take one over without being a member.
    private func receiver(
        named name: String, _ caller: Caller, _ organization: Organization
    ) throws(APIError) -> User {
        let user = station.identity.enter { identity -> User? in
            guard let user = try? identity.user(named: name) else { return nil }
            if user.isSuperuser, user.id == caller.user.id { return user }
            let role = identity.role(of: user.id, in: organization.id)
            return role == nil || role == .readonly ? nil : user
        }
        guard let user else {
            throw APIError(
                400,
                #""user" must be the id or e-mail address of a member who may lease devices"#)
        }
        return user
    }

    private func manages(_ caller: Caller, _ organization: Organization) -> Bool {
        let role = station.identity.enter { $0.role(of: caller.user.id, in: organization.id) }
        return caller.user.isSuperuser || role?.manages == true
    }

    private func heartbeat(_ request: APIRequest) throws(APIError) -> Reply {
        let caller = try access.caller(request)
        let organization = try access.organization(request, caller)
        let lease = try leases { (leases) throws(LeaseError) in
            try leases.heartbeat(
                request[parameter: "id"], in: organization.id, by: caller.user.id)
        }
        // That one was missing is told.
        return .object(Self.json(lease)).noted(AuditNote(isSilent: true))
    }

    /// Calls the leases and words their refusals.
    private func leases<Result: Sendable>(
        _ call: (isolated Leases) throws(LeaseError) -> Result
    ) throws(APIError) -> Result {
        try station.leases.enter(throwing: apiError, call)
    }

    private func apiError(_ error: LeaseError) -> APIError {
        switch error {
        case .unknownLease: return APIError(404, "there is no such session")
        case .unknownDevice: return APIError(404, "there is no such device")
        case .unavailable(let user, let since):
            var error = APIError(leasedBy: user, since: since, station)
            error.extra = [
                ("owner", .string(user)), ("since", .string(since.text(.milliseconds))),
            ]
            return error
        case .noneAvailable:
            return APIError(409, "every such device is leased", code: "device_unavailable")
        case .notYours:
            return APIError(403, "only its holder, a manager or a superuser may do this")
        case .notHeldByYou: return APIError(403, "only its holder may do this")
        case .invalidDuration:
            return APIError(400, #""duration" must be from 1 s to 366 days, in seconds"#)
        case .invalidHeartbeat:
            return APIError(400, #""heartbeat" must be from 5 to 86400 seconds"#)
        case .hasEnded: return APIError(409, "the session has ended")
        case .isHolder: return APIError(409, #""user" has the device already"#)
        }
    }

    // MARK: JSON

    private static func json(_ lease: Lease) -> JSONObject {
        var object: JSONObject = [
            "id": .string(lease.id), "organization": .string(lease.organization),
            "user": .string(lease.user), "device": .object(json(lease.device, lease.description)),
            "createdAt": .string(lease.createdAt.text(.milliseconds)),
            "releasedAt": lease.releasedAt.map { .string($0.text(.milliseconds)) } ?? .null,
        ]
        if let expiry = lease.expiresAt {
            object["expiresAt"] = .string(expiry.text(.milliseconds))
        }
        if let end = lease.end { object["endReason"] = .string(end.rawValue) }
        return object
    }

    private static func json(_ id: String, _ device: Device.Description) -> JSONObject {
        [
            "id": .string(id), "platform": .string(device.platform), "type": .string(device.type),
            "name": .string(device.name), "osVersion": .string(device.osVersion),
        ]
    }
}

extension AuditNote {
    fileprivate init(_ lease: Lease) {
        self.init(
            device: lease.device, session: lease.id, organization: lease.organization,
            endReason: lease.end?.rawValue)
    }
}
