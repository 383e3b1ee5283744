package import Engine

/// A person or program that may act, and with which rights.
package struct User: Sendable, Equatable {
    package let id: String
    package let email: String
    package let name: String
    package let isSuperuser: Bool
    package let isStaff: Bool
    package let permissions: Set<Permission>

    /// A superuser may do everything.
    package func may(_ permission: Permission) -> Bool {
        isSuperuser || permissions.contains(permission)
    }
}

/// A right by the name under which it is granted.
package struct Permission: Sendable, Hashable {
    package let name: String

    package init(_ name: String) {
        self.name = name
    }

    /// Setting up, pairing and turning rotors.
    package static let operateRotor = Permission("rotor.operate")
}

/// Users, organisations and access tokens.
///
/// A token is 256 random bits, known here by its hash only.
package actor Identity: CoreActor {
    package nonisolated let core: Core
    private var users: [String: User] = [:]
    private var tokens: [SecretHash: String] = [:]

    package init(core: Core) {
        self.core = core
    }

    package func start(users userRows: [StoreRow], tokens tokenRows: [StoreRow]) {
        for user in userRows.compactMap(User.stored) { users[user.id] = user }
        for row in tokenRows {
            guard let hash = row.blob("hash").flatMap(SecretHash.init(stored:)),
                let user = row.text("user_id")
            else { continue }
            tokens[hash] = user
        }
    }

    /// True until somebody exists who could administer this station.
    package var needsFirstStart: Bool { users.isEmpty }

    /// Creates the organisation `Default` and the superuser `admin@localhost`.
    ///
    /// - Returns: the superuser's token, to be kept where only the operator can read it *before*
    ///   the turn's writes become durable, so that no administrator exists without a token.
    package func createFirstStart() -> SecretToken {
        let now = core.utc
        let user = User(
            id: "user-1", email: "admin@localhost", name: "Administrator", isSuperuser: true,
            isStaff: true, permissions: [])
        let token = SecretToken(from: core)
        users[user.id] = user
        tokens[token.hash] = user.id
        core.write(
            .put(
                table: "organizations",
                row: [
                    "id": .text("organization-1"), "name": .text("Default"),
                    "created_ns": .integer(now.nanoseconds),
                ]))
        core.write(.put(table: "users", row: user.row(createdAt: now)))
        core.write(
            .put(
                table: "tokens",
                row: [
                    "id": .text("token-1"), "user_id": .text(user.id),
                    "organization_id": .null, "name": .text("first start"),
                    "hash": .blob(token.hash.bytes), "created_ns": .integer(now.nanoseconds),
                ]))
        return token
    }

    /// Whose token this is; nil when it is nobody's.
    package func user(forToken text: String) -> User? {
        tokens[SecretHash(of: text)].flatMap { users[$0] }
    }
}
