import Drivers
package import Engine
import JSON

/// What a user has besides a password: a secret shared with an authenticator (RFC 6238), and codes
/// for when that is lost.
///
/// It begins unconfirmed and guards nothing, until a code shows that the authenticator has the
/// secret.
package struct SecondFactor: Sendable, Equatable {
    let user: String
    let secret: FactorSecret
    /// Of the recovery codes that are left.
    private(set) var recovery: [RecoveryHash]
    package private(set) var isConfirmed = false
    /// The step of time whose code was taken last: neither it nor an older one is taken again
    /// (RFC 6238 §5.2).
    private(set) var lastStep: Int64 = -1
    package let createdAt: UTCTime

    init(user: String, _ new: NewFactor, at time: UTCTime) {
        self.user = user
        secret = new.secret
        recovery = new.recoveryHashes
        createdAt = time
    }

    package var recoveryCodesLeft: Int { recovery.count }

    /// Takes the code of a step; false when it or a later one has been taken.
    mutating func take(step: Int64) -> Bool {
        guard step > lastStep else { return false }
        lastStep = step
        isConfirmed = true
        return true
    }

    /// Takes a recovery code, each of which is good for once.
    mutating func take(_ code: RecoveryHash) -> Bool {
        guard let index = recovery.firstIndex(of: code) else { return false }
        recovery.remove(at: index)
        return true
    }
}

extension SecondFactor {
    /// What a recording has pseudonyms for.
    private var secrets: JSONValue {
        [
            "secret": .string(secret.base32),
            "recovery": .array(recovery.map { .string($0.stored) }),
        ]
    }

    var row: StoreRow {
        [
            "user_id": .text(user), "secrets": .text(secrets.text),
            "is_confirmed": .integer(isConfirmed ? 1 : 0), "last_step": .integer(lastStep),
            "created_ns": .integer(createdAt.nanoseconds),
        ]
    }

    /// A factor as it was stored; nil for a row that is not one.
    init?(stored row: StoreRow) {
        guard let user = row.text("user_id"), let secrets = row.text("secrets"),
            let json = try? JSONReader.read(Array(secrets.utf8)).objectValue,
            let secret = json["secret"]?.stringValue,
            let recovery = json["recovery"]?.arrayValue,
            let lastStep = row.integer("last_step"), let created = row.integer("created_ns")
        else { return nil }
        self.user = user
        self.secret = FactorSecret(base32: secret)
        self.recovery = recovery.compactMap { $0.stringValue.map(RecoveryHash.init(stored:)) }
        isConfirmed = row.integer("is_confirmed") == 1
        self.lastStep = lastStep
        createdAt = UTCTime(nanoseconds: created)
    }
}
