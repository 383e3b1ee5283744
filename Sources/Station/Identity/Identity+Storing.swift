import Drivers
import Engine
import JSON

extension User {
    var row: StoreRow {
        let names = permissions.map(\.name).sorted().map(JSONValue.string)
        return [
            "id": .text(id),
            "email": .text(email),
            "name": .text(name),
            "superuser": .integer(isSuperuser ? 1 : 0),
            "staff": .integer(isStaff ? 1 : 0),
            "permissions": .text(JSONValue.array(names).text),
            "created_ns": .integer(createdAt.nanoseconds),
            "password_hash": passwordHash.map { .text($0.stored) } ?? .null,
        ]
    }

    /// A user as it was stored; nil for a row that is not one.
    static func stored(_ row: StoreRow) -> User? {
        guard let id = row.text("id"), let email = row.text("email"),
            let permissions = row.text("permissions"), let created = row.integer("created_ns"),
            case .array(let names)? = try? JSONReader.read(Array(permissions.utf8))
        else { return nil }
        return User(
            id: id, email: email, name: row.text("name") ?? "",
            isSuperuser: row.integer("superuser") == 1, isStaff: row.integer("staff") == 1,
            permissions: Set(names.compactMap { $0.stringValue.map(Permission.init) }),
            createdAt: UTCTime(nanoseconds: created),
            passwordHash: row.text("password_hash").map(PasswordHash.init(stored:)))
    }
}

extension Organization {
    var row: StoreRow {
        [
            "id": .text(id), "name": .text(name), "created_ns": .integer(createdAt.nanoseconds),
        ]
    }

    static func stored(_ row: StoreRow) -> Organization? {
        guard let id = row.text("id"), let name = row.text("name"),
            let created = row.integer("created_ns")
        else { return nil }
        return Organization(id: id, name: name, createdAt: UTCTime(nanoseconds: created))
    }
}

extension Membership {
    var row: StoreRow {
        [
            "organization_id": .text(organization), "user_id": .text(user),
            "role": .text(role.rawValue), "created_ns": .integer(createdAt.nanoseconds),
        ]
    }

    static func stored(_ row: StoreRow) -> Membership? {
        guard let organization = row.text("organization_id"), let user = row.text("user_id"),
            let role = row.text("role").flatMap(Role.init(rawValue:)),
            let created = row.integer("created_ns")
        else { return nil }
        return Membership(
            organization: organization, user: user, role: role,
            createdAt: UTCTime(nanoseconds: created))
    }
}

extension AccessToken {
    var row: StoreRow {
        let row: StoreRow = [
            "id": .text(id), "user_id": .text(user),
            "organization_id": organization.map { .text($0) } ?? .null, "name": .text(name),
            "hash": .blob(hash.bytes), "created_ns": .integer(createdAt.nanoseconds),
        ]
        // Rows from before there were second factors stay as they were.
        guard isMFAVerified else { return row }
        return StoreRow(
            columns: row.columns + [.init(name: "is_mfa_verified", value: .integer(1))])
    }

    static func stored(_ row: StoreRow) -> AccessToken? {
        guard let id = row.text("id"), let user = row.text("user_id"),
            let hash = row.blob("hash").flatMap(SecretHash.init(stored:)),
            let created = row.integer("created_ns")
        else { return nil }
        return AccessToken(
            id: id, user: user, organization: row.text("organization_id"),
            name: row.text("name") ?? "", createdAt: UTCTime(nanoseconds: created), hash: hash,
            isMFAVerified: row.integer("is_mfa_verified") == 1)
    }
}
