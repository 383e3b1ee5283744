import Engine
import JSON
import Station

/// Our own endpoint that tells callers who they are, as far as their token goes.
struct MeRoutes: Sendable {
    let station: FieldStation

    var routes: [Route] { [Route("GET", "/v1/me", show, UserOperations(station).me)] }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        let access = Access(station: station)
        let caller = try access.caller(request)
        var object = UserRoutes.json(caller.user)
        object["organizations"] = .array(organizations(of: caller).map(JSONValue.object))
        // The one that a request acts on which names none; a caller may belong to none at all.
        let usual = try? access.organization(request, caller)
        object["organization"] = usual.map { .string($0.id) } ?? .null
        return .object(object)
    }

    private func organizations(of caller: Caller) -> [JSONObject] {
        station.identity.enter { identity in
            identity.allOrganizations().filter { identity.acts(caller, for: $0.id) }.map {
                let role = identity.role(of: caller.user.id, in: $0.id)
                return [
                    "id": .string($0.id), "name": .string($0.name),
                    "role": role.map { .string($0.rawValue) } ?? .null,
                ]
            }
        }
    }
}
