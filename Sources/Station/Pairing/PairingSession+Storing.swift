import Engine

extension PairingSession {
    var summary: PairingSummary {
        PairingSummary(createdAt: createdAt, expiresAt: expiresAt, isPaired: isPaired)
    }

    func row(_ hash: SecretHash) -> StoreRow {
        [
            "token_hash": .blob(hash.bytes),
            "created_ns": .integer(createdAt.nanoseconds),
            "expires_ns": .integer(expiresAt.nanoseconds),
            "is_paired": .integer(isPaired ? 1 : 0),
            "device_info": deviceDescription.map(StoreValue.text) ?? .null,
            "last_target": remembered[.target].map(StoreValue.blob) ?? .null,
            "last_mode": remembered[.mode].map(StoreValue.blob) ?? .null,
        ]
    }

    /// A session as it was stored; nil for a row that is not one.
    ///
    /// - Parameters:
    ///   - now: the engine's time, which is `utc` by the wall clock.
    ///   - lifetime: it does not live longer than a new one, whatever the clock said meanwhile.
    static func stored(
        _ row: StoreRow, now: Instant, utc: UTCTime, lifetime: Duration
    ) -> (hash: SecretHash, session: PairingSession)? {
        guard let hash = row.blob("token_hash").flatMap(SecretHash.init(stored:)),
            let created = row.integer("created_ns"), let expires = row.integer("expires_ns")
        else { return nil }
        let left = min(utc.duration(to: UTCTime(nanoseconds: expires)), lifetime)
        var session = PairingSession(
            createdAt: UTCTime(nanoseconds: created), expiresAt: utc.advanced(by: left),
            endsAt: now.advanced(by: left))
        session.isPaired = row.integer("is_paired") == 1
        session.deviceDescription = row.text("device_info")
        session.remembered[.target] = row.blob("last_target")
        session.remembered[.mode] = row.blob("last_mode")
        return (hash, session)
    }
}
