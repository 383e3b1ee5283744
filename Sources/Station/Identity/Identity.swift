package import Drivers
package import Engine

/// Users, organisations, memberships and access tokens.
///
/// A token is 256 random bits, known here by its hash only. Who calls is asked anew for every
/// request, so a change of rights counts at once.
package actor Identity: CoreActor {
    package nonisolated let core: Core
    /// Published when somebody may have lost or won a right.
    package nonisolated let changes = Topic<RightsChange>("identity.rights")
    package nonisolated let limits: IdentityLimits
    private var ids: UniqueIDs
    private var users: [String: User] = [:]
    /// Users' ids by their addresses in small letters.
    private var userIDs: [String: String] = [:]
    private var organizations: [String: Organization] = [:]
    private var organizationIDs: [String: String] = [:]
    private var memberships: [String: [String: Membership]] = [:]
    private var tokens: [String: AccessToken] = [:]
    private var tokenIDs: [SecretHash: String] = [:]
    /// The ids of the tokens of each user that came from logging in.
    private var logins: [String: Set<String>] = [:]

    package init(core: Core, limits: IdentityLimits = IdentityLimits()) {
        self.core = core
        self.limits = limits
        ids = UniqueIDs(core: core, purpose: "identity")
    }

    package func start(
        users userRows: [StoreRow], organizations organizationRows: [StoreRow],
        memberships membershipRows: [StoreRow], tokens tokenRows: [StoreRow]
    ) {
        for user in userRows.compactMap(User.stored) { keep(user) }
        for organization in organizationRows.compactMap(Organization.stored) { keep(organization) }
        for membership in membershipRows.compactMap(Membership.stored) { keep(membership) }
        for token in tokenRows.compactMap(AccessToken.stored) { keep(token) }
    }

    /// True until somebody exists who could administer this station.
    package var needsFirstStart: Bool { users.isEmpty }

    /// Creates the organisation `Default` and the superuser `admin@localhost`.
    ///
    /// - Returns: the superuser's token, to be kept where only the operator can read it *before*
    ///   the turn's writes become durable, so that no administrator exists without a token.
    package func createFirstStart() -> SecretToken {
        let organization = insertOrganization("Default")
        let user = insertUser(
            NewUser(
                email: "admin@localhost", name: "Administrator", isSuperuser: true, isStaff: true))
        insertMembership(organization.id, user.id, .owner)
        return insertToken(for: user.id, in: nil, name: "first start").secret
    }

    /// Whose token this is; nil when it is nobody's.
    package func caller(forToken hash: SecretHash) -> Caller? {
        guard let token = tokenIDs[hash].flatMap({ tokens[$0] }),
            let user = users[token.user]
        else { return nil }
        return Caller(
            user: user, boundOrganization: token.organization, isMFAVerified: token.isMFAVerified)
    }

    // MARK: Users

    /// Every user, the first one first.
    package func allUsers() -> [User] {
        users.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// A user by id or by e-mail address.
    package func user(named name: String) throws(IdentityError) -> User {
        guard let user = users[name] ?? userIDs[name.lowercased()].flatMap({ users[$0] }) else {
            throw .unknownUser
        }
        return user
    }

    /// The user who logs in with this e-mail address.
    func user(email: String) -> User? {
        userIDs[email.lowercased()].flatMap { users[$0] }
    }

    package func addUser(_ new: NewUser) throws(IdentityError) -> User {
        try check(new)
        return insertUser(new)
    }

    /// Refuses what `addUser` would refuse.
    package func check(_ new: NewUser) throws(IdentityError) {
        guard isEmail(new.email) else { throw .invalidEmail }
        guard new.name.isPlainText(atMost: limits.nameCharacters) else { throw .invalidName }
        for permission in new.permissions.sorted(by: { $0.name < $1.name })
        where !isPermission(permission.name) {
            throw .invalidPermission(permission.name)
        }
        guard new.permissions.count <= limits.permissions else { throw .tooMany("permissions") }
        guard userIDs[new.email.lowercased()] == nil else { throw .emailIsTaken }
        guard users.count < limits.users else { throw .tooMany("users") }
    }

    /// Gives a user another password, which ends what the old one had let in.
    package func setPassword(_ hash: PasswordHash, of user: String) throws(IdentityError) {
        var user = try self.user(named: user)
        user.passwordHash = hash
        keep(user)
        core.write(.put(table: "users", row: user.row))
        endLogins(of: user.id)
    }

    /// Ends what logging in had let in.
    func endLogins(of user: String) {
        for token in loginTokens(of: user) { remove(token) }
    }

    private func insertUser(_ new: NewUser) -> User {
        let user = User(
            id: ids.next { users[$0] != nil }, email: new.email, name: new.name,
            isSuperuser: new.isSuperuser, isStaff: new.isStaff, permissions: new.permissions,
            createdAt: core.utc, passwordHash: new.passwordHash)
        keep(user)
        core.write(.put(table: "users", row: user.row))
        return user
    }

    /// What `isEmail` accepts, as a regular expression (ECMA-262).
    package static let emailPattern = #"[^\u0000-\u0020\u007F@]+@[^\u0000-\u0020\u007F@]+"#

    private func isEmail(_ text: String) -> Bool {
        // By scalars: what follows may make one character of itself and the sign.
        let parts = text.unicodeScalars.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && text.unicodeScalars.count <= limits.emailCharacters
            && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    }

    /// What `isPermission` accepts, as a regular expression (ECMA-262).
    package static let permissionPattern = #"[a-z0-9_-]+(\.[a-z0-9_-]+)*"#

    /// Words of small letters, digits, underscores and hyphens, with dots between:
    /// `geo.view_location`, `game-night.host`.
    private func isPermission(_ name: String) -> Bool {
        name.count <= limits.nameCharacters
            && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { word in
                !word.isEmpty
                    && word.utf8.allSatisfy {
                        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                            || [UInt8(ascii: "_"), UInt8(ascii: "-")].contains($0)
                    }
            }
    }

    // MARK: Organisations and their members

    /// Every organisation, the first one first.
    package func allOrganizations() -> [Organization] {
        organizations.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// An organisation by id or by name.
    package func organization(named name: String) throws(IdentityError) -> Organization {
        guard
            let organization = organizations[name]
                ?? organizationIDs[name].flatMap({ organizations[$0] })
        else { throw .unknownOrganization }
        return organization
    }

    package func organization(id: String) -> Organization? { organizations[id] }

    /// Those in which the user is a manager or an owner.
    package func organizationsManaged(by user: String) -> Set<String> {
        Set(memberships.filter { $0.value[user]?.role.manages ?? false }.keys)
    }

    /// The user's first one; a superuser who is in none acts for the station's first.
    package func defaultOrganization(of user: User) -> Organization? {
        let own = memberships.values.compactMap { $0[user.id] }
            .min { ($0.createdAt, $0.organization) < ($1.createdAt, $1.organization) }
        if let own { return organizations[own.organization] }
        return user.isSuperuser ? allOrganizations().first : nil
    }

    package func addOrganization(_ name: String) throws(IdentityError) -> Organization {
        guard name.isPlainText(atMost: limits.nameCharacters), !name.isEmpty else {
            throw .invalidName
        }
        guard organizationIDs[name] == nil else { throw .organizationIsTaken }
        guard organizations.count < limits.organizations else { throw .tooMany("organisations") }
        return insertOrganization(name)
    }

    private func insertOrganization(_ name: String) -> Organization {
        let organization = Organization(
            id: ids.next { organizations[$0] != nil }, name: name, createdAt: core.utc)
        keep(organization)
        core.write(.put(table: "organizations", row: organization.row))
        return organization
    }

    /// The members of an organisation, the first one first.
    package func members(of organization: String) throws(IdentityError) -> [Membership] {
        let id = try self.organization(named: organization).id
        return (memberships[id] ?? [:]).values.sorted {
            ($0.createdAt, $0.user) < ($1.createdAt, $1.user)
        }
    }

    /// What a user is in an organisation; nil for nothing.
    package func role(of user: String, in organization: String) -> Role? {
        memberships[organization]?[user]?.role
    }

    /// Makes a user a member, or changes what the member is.
    package func setMember(
        _ user: String, of organization: String, _ role: Role
    ) throws(IdentityError) -> Membership {
        let organization = try self.organization(named: organization)
        let user = try self.user(named: user)
        defer { changes.publish(RightsChange()) }
        return insertMembership(organization.id, user.id, role)
    }

    @discardableResult
    private func insertMembership(_ organization: String, _ user: String, _ role: Role)
        -> Membership
    {
        let since = memberships[organization]?[user]?.createdAt ?? core.utc
        let membership = Membership(
            organization: organization, user: user, role: role, createdAt: since)
        keep(membership)
        core.write(.put(table: "memberships", row: membership.row))
        return membership
    }

    /// Ends a membership; tokens that act for the organisation only end with it.
    @discardableResult
    package func removeMember(
        _ user: String, of organization: String
    ) throws(IdentityError) -> Membership {
        let organization = try self.organization(named: organization).id
        let user = try self.user(named: user).id
        guard let membership = memberships[organization]?.removeValue(forKey: user) else {
            throw .unknownMember
        }
        core.write(
            .delete(
                table: "memberships",
                key: ["organization_id": .text(organization), "user_id": .text(user)]))
        for token in allTokens()
        where token.user == user && token.organization == organization {
            remove(token)
        }
        changes.publish(RightsChange())
        return membership
    }

    // MARK: Tokens

    /// Every token without its secret, the first one first.
    package func allTokens() -> [AccessToken] {
        tokens.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// Makes a token; its secret is told this once.
    ///
    /// - Parameter organization: the only one that it may act for; its user must be a member, or a
    ///   superuser.
    package func addToken(
        for user: String, in organization: String?, name: String
    ) throws(IdentityError) -> (token: AccessToken, secret: SecretToken) {
        let user = try self.user(named: user)
        var bound: String?
        if let organization {
            let id = try self.organization(named: organization).id
            guard user.isSuperuser || role(of: user.id, in: id) != nil else { throw .notAMember }
            bound = id
        }
        guard name.isPlainText(atMost: limits.nameCharacters) else { throw .invalidName }
        guard tokens.count < limits.tokens else { throw .tooMany("tokens") }
        return insertToken(for: user.id, in: bound, name: name)
    }

    /// Makes a token for a user who has just logged in; the oldest of too many goes.
    ///
    /// - Parameter isMFAVerified: whether a second factor was shown.
    package func addLoginToken(
        for user: User, isMFAVerified: Bool = false
    ) throws(IdentityError) -> SecretToken {
        let old = loginTokens(of: user.id)
        for token in old.dropLast(max(0, limits.loginTokens - 1)) { remove(token) }
        guard tokens.count < limits.tokens else { throw .tooMany("tokens") }
        return insertToken(
            for: user.id, in: nil, name: AccessToken.loginName, isMFAVerified: isMFAVerified
        ).secret
    }

    /// The tokens that a user got by logging in, the first one first.
    private func loginTokens(of user: String) -> [AccessToken] {
        (logins[user] ?? []).compactMap { tokens[$0] }
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// The token stops working at once.
    @discardableResult
    package func removeToken(_ id: String) throws(IdentityError) -> AccessToken {
        guard let token = tokens[id] else { throw .unknownToken }
        remove(token)
        return token
    }

    /// Ends the login that a token comes from; a token that was made otherwise stays.
    package func endLogin(_ hash: SecretHash) {
        guard let token = tokenIDs[hash].flatMap({ tokens[$0] }),
            token.name == AccessToken.loginName
        else { return }
        remove(token)
    }

    private func insertToken(
        for user: String, in organization: String?, name: String, isMFAVerified: Bool = false
    ) -> (token: AccessToken, secret: SecretToken) {
        let secret = SecretToken(from: core)
        let token = AccessToken(
            id: ids.next { tokens[$0] != nil }, user: user, organization: organization, name: name,
            createdAt: core.utc, hash: secret.hash, isMFAVerified: isMFAVerified)
        keep(token)
        core.write(.put(table: "tokens", row: token.row))
        return (token, secret)
    }

    private func remove(_ token: AccessToken) {
        tokens[token.id] = nil
        tokenIDs[token.hash] = nil
        logins[token.user]?.remove(token.id)
        core.write(.delete(table: "tokens", key: ["id": .text(token.id)]))
        changes.publish(RightsChange())
    }

    // MARK: In memory

    private func keep(_ user: User) {
        users[user.id] = user
        userIDs[user.email.lowercased()] = user.id
    }

    private func keep(_ organization: Organization) {
        organizations[organization.id] = organization
        organizationIDs[organization.name] = organization.id
    }

    private func keep(_ membership: Membership) {
        memberships[membership.organization, default: [:]][membership.user] = membership
    }

    private func keep(_ token: AccessToken) {
        tokens[token.id] = token
        tokenIDs[token.hash] = token.id
        if token.name == AccessToken.loginName { logins[token.user, default: []].insert(token.id) }
    }
}

/// What a new user is to be.
package struct NewUser: Sendable {
    package var email: String
    package var name: String
    package var isSuperuser: Bool
    package var isStaff: Bool
    package var permissions: Set<Permission>
    /// Nil for a user who acts with tokens only.
    package var passwordHash: PasswordHash?

    package init(
        email: String, name: String = "", isSuperuser: Bool = false, isStaff: Bool = false,
        permissions: Set<Permission> = []
    ) {
        self.email = email
        self.name = name
        self.isSuperuser = isSuperuser
        self.isStaff = isStaff
        self.permissions = permissions
    }
}
