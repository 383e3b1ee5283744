package import Drivers
package import Engine

/// Lets hosts in who know the key of the game nights, and knows their tokens again.
///
/// A token counts because it was given out here and not because it is signed: so a recording can
/// hold pseudonyms, and a token ends when it should.
package actor HostLogins: CoreActor {
    package nonisolated let core: Core
    private let desk: HostDesk
    private let limits: GameNightLimits
    private var tries: RateLimiter
    /// By the hash of what proves them.
    private var logins: [SecretHash: HostLogin] = [:]

    init(core: Core, desk: HostDesk, limits: GameNightLimits, addresses: Int) {
        self.core = core
        self.desk = desk
        self.limits = limits
        tries = RateLimiter(perMinute: limits.loginsPerMinute, addresses: addresses)
    }

    func start(_ rows: [StoreRow]) {
        // Those that have ended meanwhile, too: the next login lets go of their rows.
        for login in rows.compactMap(HostLogin.stored) { logins[login.hash] = login }
    }

    /// Looks whether somebody may come in; `then` is called once, now or in a later turn.
    package func logIn(
        _ key: Password, from address: String,
        then: @escaping @Sendable (Result<String, HostLoginError>) -> Void
    ) {
        if let wait = tries.take(address, now: core.now) {
            return then(.failure(.tooManyTries(wait)))
        }
        let issued = core.utc.nanoseconds / 1_000_000_000
        let expires = issued + limits.loginLifetime.components.seconds
        desk.logIn(key, issuedAt: issued, expiresAt: expires) { [weak self] token in
            guard let token else { return then(.failure(.wrongKey)) }
            self?.enter {
                $0.tries.putBack(address)
                $0.keep(token, until: UTCTime(nanoseconds: expires * 1_000_000_000))
            }
            then(.success(token))
        }
    }

    /// Whether a host has shown this token, which still counts.
    package func isHost(_ token: String) -> Bool {
        guard let (claims, proof) = HostLogin.parts(of: token),
            let login = logins[SecretHash(of: proof)]
        else { return false }
        return login.claims == claims && login.expiresAt > core.utc
    }

    private func keep(_ token: String, until expiry: UTCTime) {
        guard let (claims, proof) = HostLogin.parts(of: token) else { return }
        let ended = logins.values.filter { $0.expiresAt <= core.utc }
        for login in ended.sorted(by: { $0.expiresAt < $1.expiresAt }) { forget(login) }
        if logins.count >= limits.logins {
            let oldest = logins.values.min { ($0.expiresAt, $0.claims) < ($1.expiresAt, $1.claims) }
            if let oldest { forget(oldest) }
        }
        let login = HostLogin(hash: SecretHash(of: proof), claims: claims, expiresAt: expiry)
        logins[login.hash] = login
        core.write(.put(table: "host_logins", row: login.row))
    }

    private func forget(_ login: HostLogin) {
        logins[login.hash] = nil
        core.write(.delete(table: "host_logins", key: ["token_hash": .blob(login.hash.bytes)]))
    }
}

/// Why somebody does not come in.
package enum HostLoginError: Error, Sendable, Equatable {
    case wrongKey
    /// After how long another try is heard.
    case tooManyTries(Duration)
}

/// A token that was given out.
struct HostLogin: Sendable {
    /// Of the signature: without it the rest is no secret.
    let hash: SecretHash
    /// Header and claims, with the point between them.
    let claims: String
    let expiresAt: UTCTime

    /// A token in its two parts: what it says, and what proves it.
    static func parts(of token: String) -> (claims: String, proof: String)? {
        guard let point = token.lastIndex(of: ".") else { return nil }
        return (String(token[..<point]), String(token[token.index(after: point)...]))
    }
}

extension HostLogin {
    var row: StoreRow {
        [
            "token_hash": .blob(hash.bytes), "claims": .text(claims),
            "expires_ns": .integer(expiresAt.nanoseconds),
        ]
    }

    static func stored(_ row: StoreRow) -> HostLogin? {
        guard let hash = row.blob("token_hash").flatMap(SecretHash.init(stored:)),
            let claims = row.text("claims"), let expires = row.integer("expires_ns")
        else { return nil }
        return HostLogin(
            hash: hash, claims: claims, expiresAt: UTCTime(nanoseconds: expires))
    }
}
