import Drivers
import Engine

extension PasswordOrder: RecordedPayload {
    /// What is to be done, and with nothing of what.
    func write(into writer: inout PayloadWriter) {
        switch work {
        case .hash: writer.member("hash", true)
        case .verify: writer.member("verify", true)
        case .factor(.make): writer.member("make_factor", true)
        case .factor(.step(_, _, let seconds)): writer.member("code_at", seconds)
        case .factor(.recovery): writer.member("recovery", true)
        }
    }
}

extension PasswordReport: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        switch result {
        case .hashed(let hash): writer.passwordHash("hashed", hash.stored)
        case .verified(let isRight): writer.member("verified", isRight)
        case .failed: writer.member("failed", true)
        case .factor(.made(let new)): new.write(into: &writer)
        case .factor(.step(let step?)): writer.member("code_step", step)
        case .factor(.step(nil)): writer.member("code_wrong", true)
        case .factor(.recovery(let index?)): writer.member("recovery_index", index)
        case .factor(.recovery(nil)): writer.member("recovery_wrong", true)
        }
    }
}

extension NewFactor {
    /// Whoever replays it has other secrets in the places of these.
    fileprivate func write(into writer: inout PayloadWriter) {
        writer.secret("factor_secret", secret.base32)
        writer.secrets("recovery_codes", recoveryCodes)
        writer.secrets("recovery_hashes", recoveryHashes.map(\.stored))
    }
}
