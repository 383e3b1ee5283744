import Engine
import JSON

extension User {
    func row(createdAt: UTCTime) -> StoreRow {
        let names = permissions.map(\.name).sorted().map(JSONValue.string)
        return [
            "id": .text(id),
            "email": .text(email),
            "name": .text(name),
            "superuser": .integer(isSuperuser ? 1 : 0),
            "staff": .integer(isStaff ? 1 : 0),
            "permissions": .text(JSONValue.array(names).text),
            "created_ns": .integer(createdAt.nanoseconds),
        ]
    }

    /// A user as it was stored; nil for a row that is not one.
    static func stored(_ row: StoreRow) -> User? {
        guard let id = row.text("id"), let email = row.text("email"),
            let permissions = row.text("permissions"),
            case .array(let names)? = try? JSONReader.read(Array(permissions.utf8))
        else { return nil }
        return User(
            id: id, email: email, name: row.text("name") ?? "",
            isSuperuser: row.integer("superuser") == 1, isStaff: row.integer("staff") == 1,
            permissions: Set(names.compactMap { $0.stringValue.map(Permission.init) }))
    }
}
