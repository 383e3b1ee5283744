import Engine
import JSON
import Station

/// Our own endpoints for organisations and their members. Superusers only.
struct OrganizationRoutes: Sendable {
    let station: FieldStation

    var routes: [Route] {
        let access = Access(station: station)
        return [
            Route(
                "GET", "/v1/organizations", access.superusersOnly(list), operations.organizations),
            Route(
                "POST", "/v1/organizations", access.superusersOnly(add),
                operations.addOrganization),
            Route(
                "GET", "/v1/organizations/{id}/members", access.superusersOnly(members),
                operations.members),
            Route(
                "PUT", "/v1/organizations/{id}/members/{user}", access.superusersOnly(setMember),
                operations.setMember),
            Route(
                "DELETE", "/v1/organizations/{id}/members/{user}",
                access.superusersOnly(removeMember), operations.removeMember),
        ]
    }

    private var operations: IdentityOperations {
        IdentityOperations(limits: station.identity.limits)
    }

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let organizations = station.identity.enter { $0.allOrganizations() }
        return .json(200, .array(organizations.map { .object(Self.json($0)) }))
    }

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        let name = try BodyFields(try request.object()).text("name")
        let organization = try identity(station) { (identity) throws(IdentityError) in
            try identity.addOrganization(name)
        }
        return .object(Self.json(organization), status: 201)
    }

    private func members(_ request: APIRequest) throws(APIError) -> Reply {
        let members = try identity(station) { (identity) throws(IdentityError) in
            try identity.members(of: request[parameter: "id"])
        }
        return .json(200, .array(members.map { .object(Self.json($0)) }))
    }

    private func setMember(_ request: APIRequest) throws(APIError) -> Reply {
        let name = try BodyFields(try request.object()).text("role")
        guard let role = Role(rawValue: name) else {
            let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIError(400, #""role" must be one of \#(roles)"#)
        }
        let membership = try identity(station) { (identity) throws(IdentityError) in
            try identity.setMember(
                request[parameter: "user"], of: request[parameter: "id"], role)
        }
        return .object(Self.json(membership)).noted(AuditNote(membership))
    }

    private func removeMember(_ request: APIRequest) throws(APIError) -> Reply {
        let membership = try identity(station) { (identity) throws(IdentityError) in
            try identity.removeMember(request[parameter: "user"], of: request[parameter: "id"])
        }
        return .empty(204).noted(AuditNote(membership))
    }

    private static func json(_ organization: Organization) -> JSONObject {
        [
            "id": .string(organization.id), "name": .string(organization.name),
            "created_at": .string(organization.createdAt.text(.milliseconds)),
        ]
    }

    private static func json(_ membership: Membership) -> JSONObject {
        [
            "organization": .string(membership.organization), "user": .string(membership.user),
            "role": .string(membership.role.rawValue),
            "created_at": .string(membership.createdAt.text(.milliseconds)),
        ]
    }
}

extension AuditNote {
    /// Whose rights it is that begin or end; the path may name them by address.
    fileprivate init(_ membership: Membership) {
        self.init(
            resource: "user:\(membership.user)", details: "role \(membership.role.rawValue)",
            organization: membership.organization)
    }
}
