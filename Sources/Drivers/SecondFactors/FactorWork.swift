private import CSodium

/// What there is to do for second factors, outside of the core: it must see no secret that its
/// recordings could show, and draws none.
package enum FactorWork: Sendable {
    /// Makes a secret with its recovery codes.
    case make
    /// Finds the step of time whose code this is, near these seconds since 1970.
    case step(of: Password, FactorSecret, seconds: Int64)
    /// Finds the recovery code among those that are left.
    case recovery(of: Password, [RecoveryHash])
}

/// What came of it.
package enum FactorAnswer: Sendable, Equatable {
    case made(NewFactor)
    case step(Int64?)
    case recovery(Int?)
}

extension FactorWork {
    /// How many bits a secret has: as many as SHA-1 (RFC 4226 §4, R6).
    private static let secretBytes = 20
    private static let recoveryCodes = 10

    /// - Parameter random: so many random bytes.
    func done(_ random: (Int) -> [UInt8]) throws(PasswordError) -> FactorAnswer {
        switch self {
        case .make: .made(Self.made(random))
        case .step(let text, let secret, let seconds):
            // Authenticators show six digits in two groups.
            .step(
                try OneTimeCode.step(
                    of: text.bytes.filter { $0 > 0x20 }, secret, at: seconds))
        case .recovery(let text, let hashes):
            .recovery(RecoveryCode.index(of: text.bytes, in: hashes))
        }
    }

    /// By the system's own random numbers; nil when they or a cipher cannot be had.
    func done() -> FactorAnswer? {
        guard sodium_init() >= 0 else { return nil }
        return try? done { count in
            var bytes = [UInt8](repeating: 0, count: count)
            randombytes_buf(&bytes, count)
            return bytes
        }
    }

    private static func made(_ random: (Int) -> [UInt8]) -> NewFactor {
        let secret = FactorSecret(base32: Base32.text(random(secretBytes)))
        let codes = (0..<recoveryCodes).map { _ in
            RecoveryCode.text(of: random(RecoveryCode.bytes))
        }
        return NewFactor(
            secret: secret, recoveryCodes: codes,
            recoveryHashes: codes.map { RecoveryCode.hash(of: Array($0.utf8)) })
    }
}
