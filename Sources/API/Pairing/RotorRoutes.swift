import Engine
import JSON
import Pointing
import Station

/// 000 rotors: set up, pair, point, stop, park.
struct RotorRoutes: Sendable {
    let station: FieldStation

    var routes: [Route] {
        [
            Route("GET", "/api/rotors", list),
            Route("POST", "/api/rotors", add, action: "add_rotor"),
            Route("GET", "/api/rotors/{id}", show),
            Route("PUT", "/api/rotors/{id}", change, action: "change_rotor"),
            Route("DELETE", "/api/rotors/{id}", delete, action: "delete_rotor"),
            Route("GET", "/api/rotors/{id}/test", test),
            Route("GET", "/api/rotors/{id}/position", position),
            Route("POST", "/api/rotors/{id}/point", point, action: "point_rotor"),
            Route("POST", "/api/rotors/{id}/stop", stop, action: "stop_rotor"),
            Route("POST", "/api/rotors/{id}/park", park, action: "park_rotor"),
            Route("POST", "/api/rotors/{id}/pair", pair, action: "pair_rotor"),
            Route("DELETE", "/api/rotors/{id}/pair", unpair, action: "unpair_rotor"),
        ]
    }

    private var access: Access { Access(station: station) }

    // MARK: Set-up

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let rotors = station.rotors.enter { $0.all() }
        return .json(200, .array(rotors.map { .object(Self.json($0)) }))
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        .object(Self.json(try rotor(request)))
    }

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        try access.require(.operateRotor, request)
        let settings = try settings(request, base: nil)
        let device = try device(request, base: nil)
        let controller = try rotors { (rotors) throws(RotorsError) in
            try rotors.add(settings, device: device)
        }
        return .object(Self.json(controller), status: 201).noted(AuditNote(device: device))
    }

    private func change(_ request: APIRequest) throws(APIError) -> Reply {
        let (controller, _) = try rotorToOrder(request)
        let settings = try settings(request, base: controller.enter { $0.settings })
        let device = try device(request, base: controller.enter { $0.device })
        let changed = try rotors { (rotors) throws(RotorsError) in
            try rotors.change(controller.id, to: settings, device: device)
        }
        return .object(Self.json(changed)).noted(AuditNote(device: device))
    }

    private func delete(_ request: APIRequest) throws(APIError) -> Reply {
        let (controller, _) = try rotorToOrder(request)
        try rotors { (rotors) throws(RotorsError) in try rotors.delete(controller.id) }
        return .empty(204).noted(AuditNote(controller))
    }

    private func settings(
        _ request: APIRequest, base: RotorSettings?
    ) throws(APIError) -> RotorSettings {
        let body = try request.object()
        do throws(RotorSettingsError) {
            return try RotorSettings(body, base: base)
        } catch {
            throw APIError(400, error.message)
        }
    }

    // MARK: Reading

    private func test(_ request: APIRequest) throws(APIError) -> Reply {
        let (isConnected, model) = try rotor(request).enter { $0.connection }
        var body: JSONObject = ["connected": .bool(isConnected)]
        if isConnected, let model { body["model"] = .integer(Int64(model)) }
        return .object(body)
    }

    private func position(_ request: APIRequest) throws(APIError) -> Reply {
        let status = try rotor(request).enter { $0.status }
        guard status.isReachable, let position = status.position else {
            let reason = status.problems.first { $0.source == .rotor }
            throw APIError(503, Self.unavailable(reason))
        }
        var body: JSONObject = [
            "azimuth": .number(position.azimuthDegrees),
            "elevation": .number(position.elevationDegrees),
            "rotor_name": .string(status.name),
            "moving": .bool(status.isMoving),
            "mode": .string(status.mode.rawValue),
            "timestamp": .string(status.time.text()),
        ]
        body["age_seconds"] = status.positionAge?.age
        body = body.joined(status.bearings)
        if let problems = status.problemsJSON { body["problems"] = problems }
        return .object(body)
    }

    private static func unavailable(_ reason: TrackingProblem?) -> String {
        guard let reason else { return "the rotor has not said where it stands yet" }
        guard let age = reason.ageSeconds else { return reason.detail }
        return reason.detail + "; its last position is \(Int64(age.rounded())) s old"
    }

    // MARK: Moving

    private func point(_ request: APIRequest) throws(APIError) -> Reply {
        let (controller, user) = try rotorToOrder(request)
        let target = try PointRequest(request.object())
        if case .location(let id) = target.target { try checkLocation(id, request) }
        let direction: (azimuthDegrees: Double, elevationDegrees: Double)
        do throws(PointingRefusal) {
            direction = try controller.enter { (rotor) throws(PointingRefusal) in
                try rotor.point(at: target.target, by: user.id)
            }
        } catch {
            throw APIError(error)
        }
        return .object([
            "status": .string("ok"), "target": .string(target.name),
            "azimuth": .number(direction.azimuthDegrees),
            "elevation": .number(direction.elevationDegrees),
        ]).noted(AuditNote(controller, target.target.inAudit))
    }

    /// Any member may point at what belongs to the organisation; to others it does not exist.
    private func checkLocation(_ id: String, _ request: APIRequest) throws(APIError) {
        let caller = try access.caller(request)
        let organization = station.locations.enter { $0.location(id) }?
            .enter { $0.location.organization }
        let isVisible = organization.map { organization in
            station.identity.enter { $0.acts(caller, for: organization) }
        }
        guard isVisible == true else { throw APIError(404, "Location not found") }
    }

    private func stop(_ request: APIRequest) throws(APIError) -> Reply {
        let controller = try rotor(request)
        try access.requireStopRight(rotor: controller.id, request)
        controller.enter { $0.stop() }
        return .object(["status": .string("ok"), "mode": .string(TrackingMode.stop.rawValue)])
            .noted(AuditNote(controller))
    }

    private func park(_ request: APIRequest) throws(APIError) -> Reply {
        let (controller, user) = try rotorToOrder(request)
        controller.enter { $0.park(by: user.id) }
        return .object(["status": .string("ok"), "mode": .string(TrackingMode.park.rawValue)])
            .noted(AuditNote(controller))
    }

    // MARK: Pairing

    private func pair(_ request: APIRequest) throws(APIError) -> Reply {
        let (controller, user) = try rotorToOrder(request)
        guard let token = try request.object()["token"]?.stringValue else {
            throw APIError(400, #""token" must be the token of a session"#)
        }
        guard SessionRoutes.isToken(token) else { throw APIError(PairingError.unknownSession) }
        let hash = SecretHash(of: token)
        try rotors { (rotors) throws(RotorsError) in
            try rotors.pair(controller.id, with: hash, by: user.id)
        }
        var note = AuditNote(controller)
        note.session = station.sessions.enter { try? $0.summary(of: hash) }?.name
        return .object(["status": .string("ok"), "rotor": .integer(Int64(controller.id))])
            .noted(note)
    }

    private func unpair(_ request: APIRequest) throws(APIError) -> Reply {
        let (controller, _) = try rotorToOrder(request)
        try rotors { (rotors) throws(RotorsError) in try rotors.unpair(controller.id) }
        return .empty(204).noted(AuditNote(controller))
    }

    // MARK: Leases

    /// The rotor, for a caller who may turn and change it now; 409 while somebody else has it.
    private func rotorToOrder(
        _ request: APIRequest
    ) throws(APIError) -> (controller: RotorController, user: User) {
        try access.require(.operateRotor, request)
        let user = try access.user(request)
        let controller = try rotor(request)
        try checkLease(of: controller.enter { $0.device }, user)
        return (controller, user)
    }

    private func checkLease(of device: String?, _ user: User) throws(APIError) {
        let lease = device.flatMap { device in station.leases.enter { $0.holder(of: device) } }
        guard let lease, lease.user != user.id else { return }
        throw APIError(leasedBy: lease.user, since: lease.createdAt, station)
    }

    /// The device that a body names for its rotor; one that the caller may not use is refused.
    private func device(_ request: APIRequest, base: String?) throws(APIError) -> String? {
        switch try request.object()["device"] {
        case nil: return base
        case .null?: return nil
        case .string(let id)? where id == base: return base
        case .string(let id)?:
            let caller = try access.caller(request)
            let organization = station.devices.enter { $0.device(id) }?.organization
            let isKnown = organization.map { organization in
                station.identity.enter { $0.acts(caller, for: organization) }
            }
            guard isKnown == true else { break }
            try checkLease(of: id, caller.user)
            return id
        default: break
        }
        throw APIError(400, #""device" must be the id of a device of an organisation of yours"#)
    }

    // MARK: Shared

    private func rotor(_ request: APIRequest) throws(APIError) -> RotorController {
        guard let id = Int(request[parameter: "id"]) else {
            throw APIError(RotorsError.unknownRotor)
        }
        return try rotors { (rotors) throws(RotorsError) in try rotors.rotor(id) }
    }

    private func rotors<Result: Sendable>(
        _ call: (isolated Rotors) throws(RotorsError) -> Result
    ) throws(APIError) -> Result {
        try station.rotors.enter(throwing: APIError.init, call)
    }

    private static func json(_ controller: RotorController) -> JSONObject {
        var json: JSONObject = ["id": .integer(Int64(controller.id))]
        for member in controller.enter({ $0.settings }).json.members {
            json[member.key] = member.value
        }
        // The original knows none; a rotor of everybody has its shape.
        if let device = controller.enter({ $0.device }) { json["device"] = .string(device) }
        return json
    }
}

extension AuditNote {
    /// What was done to a rotor concerns its device.
    fileprivate init(_ rotor: RotorController, _ details: String? = nil) {
        self.init(details: details, device: rotor.enter { $0.device })
    }
}

extension APIError {
    init(_ error: RotorsError) {
        switch error {
        case .unknownRotor: self.init(404, "Rotor not found")
        case .duplicateName(let name): self.init(409, "a rotor named \(name) exists already")
        case .tooManyRotors: self.init(503, "this station has as many rotors as it can hold")
        case .isTracking: self.init(409, "the rotor is tracking; stop it first")
        case .pairing(let error): self.init(error)
        }
    }

    init(_ refusal: PointingRefusal) {
        switch refusal {
        case .unreachable(let reason): self.init(400, reason.description)
        case .stationUnknown:
            self.init(503, "the station's own position is not known yet; see /api/station")
        case .locationUnknown: self.init(503, "nobody has said yet where the location is")
        case .samePlace: self.init(400, "the target stands where the antenna stands")
        case .rotorUnavailable(let reason): self.init(503, reason)
        }
    }
}
