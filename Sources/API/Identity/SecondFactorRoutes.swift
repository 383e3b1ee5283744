import Drivers
import Engine
import JSON
import Station

/// Second factors: one's own, the same in our own endpoints and in 004; and for superusers
/// anybody's that is lost.
struct SecondFactorRoutes: Sendable {
    let station: FieldStation
    let spelling: SecondFactorSpelling

    var routes: [Route] {
        let path = spelling.path
        let operations = SecondFactorOperations(spelling: spelling)
        let ownFactor = [
            Route("GET", path, show, operations.show),
            Route("POST", path, enrol, operations.enrol),
            Route("POST", path + "/confirm", confirm, operations.confirm),
            Route("POST", path + "/remove", remove, operations.remove),
        ]
        guard spelling == .own else { return ownFactor }
        return ownFactor + [
            Route(
                "DELETE", "/v1/users/{id}/second-factor",
                Access(station: station).superusersOnly(reset), operations.reset)
        ]
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        let user = try caller(request).user
        return .object(json(station.secondFactors.enter { $0.factor(of: user) }))
    }

    private func enrol(_ request: APIRequest) throws(APIError) -> Reply {
        let user = try owner(request)
        let proof = try proof(request)
        return answer({ $0.enrol(user, proof, then: $1) }) { enrolment in
            .object(json(enrolment), status: 201)
        }
    }

    private func confirm(_ request: APIRequest) throws(APIError) -> Reply {
        let user = try owner(request)
        let code = Password(presented: try BodyFields(try request.object()).text("code"))
        return answer({ $0.confirm(user, code, then: $1) }) { .object(json($0)) }
    }

    private func remove(_ request: APIRequest) throws(APIError) -> Reply {
        let user = try owner(request)
        let proof = try proof(request)
        return answer({ $0.remove(from: user, proof, then: $1) }) { .empty(204) }
    }

    private func reset(_ request: APIRequest) throws(APIError) -> Reply {
        let user = try identity(station) { (identity) throws(IdentityError) in
            try identity.user(named: request[parameter: "id"])
        }
        let limits = station.passwords.limits
        try station.secondFactors.enter(throwing: { APIError($0, limits) }) {
            (factors) throws(SecondFactorError) in try factors.reset(user)
        }
        return .empty(204)
    }

    // MARK: Parts

    private func caller(_ request: APIRequest) throws(APIError) -> Caller {
        let access = Access(station: station)
        return spelling == .own ? try access.caller(request) : try access.worker(request)
    }

    /// The caller, whose logins reach further than a bound token does.
    private func owner(_ request: APIRequest) throws(APIError) -> User {
        let caller = try caller(request)
        guard caller.boundOrganization == nil else {
            throw APIError(
                403, "a token that is bound to an organisation may not change a second factor")
        }
        return caller.user
    }

    /// A body that is not needed may be absent.
    private func proof(_ request: APIRequest) throws(APIError) -> SecondFactorProof? {
        try SecondFactorProof(
            try request.object(isOptional: true), code: "code", recoveryCode: spelling.recoveryCode)
    }

    private func answer<Value: Sendable>(
        _ ask:
            @escaping @Sendable (isolated SecondFactors, @escaping SecondFactors.Answer<Value>) ->
            Void,
        _ tell: @escaping @Sendable (Value) -> Reply
    ) -> Reply {
        .later { [station] answer in
            station.secondFactors.enter { factors in
                ask(factors) { result in
                    answer { () throws(APIError) in
                        switch result {
                        case .success(let value): return tell(value)
                        case .failure(let error):
                            throw APIError(error, station.passwords.limits)
                        }
                    }
                }
            }
        }
    }

    // MARK: JSON

    private func json(_ factor: SecondFactor?) -> JSONObject {
        let state = factor.map { $0.isConfirmed ? "confirmed" : "unconfirmed" }
        var object: JSONObject = [
            "state": .string(state ?? "none"),
            spelling.recoveryCodesLeft: .integer(Int64(factor?.recoveryCodesLeft ?? 0)),
        ]
        if let factor { object[spelling.createdAt] = .string(factor.createdAt.text(.milliseconds)) }
        return object
    }

    private func json(_ enrolment: FactorEnrolment) -> JSONObject {
        let url = OTPAuthURL.text(enrolment)
        return [
            "secret": .string(enrolment.secret), spelling.otpauthURL: .string(url),
            spelling.qrSVG: QRCode(url).map { .string($0.svg) } ?? .null,
            spelling.recoveryCodes: .array(enrolment.recoveryCodes.map(JSONValue.string)),
        ]
    }
}
