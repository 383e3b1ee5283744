import JSON
import TestSupport
import Testing
import Transport

/// Users with their rights, made by the administrator over the wire.
extension DaemonProcess {
    /// The id of the first organisation.
    var organization: String {
        get throws {
            let list = try JSONReader.read(call("GET", "/v1/organizations", token: token).body)
            return try #require(list.arrayValue?.first?.objectValue?["id"]?.stringValue)
        }
    }

    /// The id of the first user.
    var administrator: String {
        get throws {
            try #require(
                call("GET", "/v1/users/admin@localhost", token: token).object["id"]?.stringValue)
        }
    }

    /// Makes an organisation; its id.
    func makeOrganization(_ name: String) throws -> String {
        let made = try call(
            "POST", "/v1/organizations", json: #"{"name":"\#(name)"}"#, token: token)
        return try #require(made.object["id"]?.stringValue, "\(made.text)")
    }

    /// Makes a user; a token of theirs.
    ///
    /// - Parameter roles: what they are where, by the organisations' ids.
    func makeUser(
        _ email: String, roles: KeyValuePairs<String, String> = [:], isStaff: Bool = false,
        isSuperuser: Bool = false, permissions: [String] = []
    ) throws -> String {
        let names = permissions.map { #""\#($0)""# }.joined(separator: ",")
        let made = try call(
            "POST", "/v1/users",
            json: #"{"email":"\#(email)","staff":\#(isStaff),"superuser":\#(isSuperuser),"#
                + #""permissions":[\#(names)]}"#,
            token: token)
        try #require(made.status == 201, "\(made.text)")
        for (organization, role) in roles { try setRole(email, role, in: organization) }
        return try makeToken(email)
    }

    func setRole(_ email: String, _ role: String, in organization: String) throws {
        let set = try call(
            "PUT", "/v1/organizations/\(organization)/members/\(email)",
            json: #"{"role":"\#(role)"}"#, token: token)
        try #require(set.status == 200, "\(set.text)")
    }

    func makeToken(_ email: String, boundTo organization: String? = nil) throws -> String {
        let bound = organization.map { #","organization":"\#($0)""# } ?? ""
        let made = try call(
            "POST", "/v1/tokens", json: #"{"user":"\#(email)"\#(bound)}"#, token: token)
        return try #require(made.object["token"]?.stringValue, "\(made.text)")
    }
}

extension DaemonProcess {
    /// Opens a socket with a token.
    func webSocket(_ path: String, token: String?) throws -> WebSocketClient {
        let headers = token.map { [("Authorization", "Bearer \($0)")] } ?? []
        return try WebSocketClient(socketURL + path, headers: HTTPHeaders(headers))
    }
}

/// The status with which a handshake is refused; nil when the socket opened.
func refusal(_ open: () throws -> Void) throws -> Int? {
    do {
        try open()
        return nil
    } catch ClientError.refused(let status, _) {
        return status
    }
}
