import Drivers
import Engine
import JSON
import Station

/// Our own endpoints for second factors: one's own, and for superusers anybody's that is lost.
struct SecondFactorRoutes: Sendable {
    let station: FieldStation

    var routes: [Route] {
        let access = Access(station: station)
        let path = "/v1/me/second-factor"
        let operations = SecondFactorOperations()
        return [
            Route("GET", path, show, operations.show),
            Route("POST", path, enrol, operations.enrol),
            Route("POST", path + "/confirm", confirm, operations.confirm),
            Route("POST", path + "/remove", remove, operations.remove),
            Route(
                "DELETE", "/v1/users/{id}/second-factor", access.superusersOnly(reset),
                operations.reset),
        ]
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        let user = try Access(station: station).user(request)
        return .object(Self.json(station.secondFactors.enter { $0.factor(of: user) }))
    }

    private func enrol(_ request: APIRequest) throws(APIError) -> Reply {
        let user = try owner(request)
        let proof = try proof(request)
        return answer({ $0.enrol(user, proof, then: $1) }) { enrolment in
            .object(Self.json(enrolment), status: 201)
        }
    }

    private func confirm(_ request: APIRequest) throws(APIError) -> Reply {
        let user = try owner(request)
        let code = Password(presented: try BodyFields(try request.object()).text("code"))
        return answer({ $0.confirm(user, code, then: $1) }) { .object(Self.json($0)) }
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

    /// The caller, whose logins reach further than a bound token does.
    private func owner(_ request: APIRequest) throws(APIError) -> User {
        let caller = try Access(station: station).caller(request)
        guard caller.boundOrganization == nil else {
            throw APIError(
                403, "a token that is bound to an organisation may not change a second factor")
        }
        return caller.user
    }

    /// A body that is not needed may be absent.
    private func proof(_ request: APIRequest) throws(APIError) -> SecondFactorProof? {
        try SecondFactorProof(
            try request.object(isOptional: true), code: "code", recoveryCode: "recoveryCode")
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

    private static func json(_ factor: SecondFactor?) -> JSONObject {
        let state = factor.map { $0.isConfirmed ? "confirmed" : "unconfirmed" }
        var object: JSONObject = [
            "state": .string(state ?? "none"),
            "recoveryCodesLeft": .integer(Int64(factor?.recoveryCodesLeft ?? 0)),
        ]
        if let factor { object["createdAt"] = .string(factor.createdAt.text(.milliseconds)) }
        return object
    }

    private static func json(_ enrolment: FactorEnrolment) -> JSONObject {
        let url = OTPAuthURL.text(enrolment)
        return [
            "secret": .string(enrolment.secret), "otpauthUrl": .string(url),
            "qrSvg": QRCode(url).map { .string($0.svg) } ?? .null,
            "recoveryCodes": .array(enrolment.recoveryCodes.map(JSONValue.string)),
        ]
    }
}
