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
    static func stored(_ row: StoreRow) -> (hash: SecretHash, session: PairingSession)? {
        guard let hash = row.blob("token_hash").flatMap(SecretHash.init(stored:)),
            let created = row.integer("created_ns"), let expires = row.integer("expires_ns")
        else { return nil }
        var session = PairingSession(
            createdAt: UTCTime(nanoseconds: created), expiresAt: UTCTime(nanoseconds: expires))
        session.isPaired = row.integer("is_paired") == 1
        session.deviceDescription = row.text("device_info")
        session.remembered[.target] = row.blob("last_target")
        session.remembered[.mode] = row.blob("last_mode")
        return (hash, session)
    }
}
