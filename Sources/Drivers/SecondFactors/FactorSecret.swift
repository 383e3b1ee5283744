/// What the station and an authenticator share.
package struct FactorSecret: Sendable, Equatable, CustomStringConvertible {
    /// As an authenticator takes it; for its owner, once, and for the store.
    package let base32: String

    package init(base32: String) {
        self.base32 = base32
    }

    package var description: String { "********" }
}

/// What is kept of a recovery code.
package struct RecoveryHash: Sendable, Equatable, CustomStringConvertible {
    /// For the store only.
    package let stored: String

    package init(stored: String) {
        self.stored = stored
    }

    package var description: String { "********" }
}

/// A secret with the codes for whoever has lost it; they are told once.
package struct NewFactor: Sendable, Equatable, CustomStringConvertible {
    package let secret: FactorSecret
    package let recoveryCodes: [String]
    /// Of the codes, in their order.
    package let recoveryHashes: [RecoveryHash]

    package init(secret: FactorSecret, recoveryCodes: [String], recoveryHashes: [RecoveryHash]) {
        self.secret = secret
        self.recoveryCodes = recoveryCodes
        self.recoveryHashes = recoveryHashes
    }

    package var description: String { "********" }
}
