import Drivers
import Engine

extension PasswordOrder: RecordedPayload {
    /// What is to be done, and with nothing of what.
    func write(into writer: inout PayloadWriter) {
        switch work {
        case .hash: writer.member("hash", true)
        case .verify: writer.member("verify", true)
        }
    }
}

extension PasswordReport: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        switch result {
        case .hashed(let hash): writer.passwordHash("hashed", hash.stored)
        case .verified(let isRight): writer.member("verified", isRight)
        case .failed: writer.member("failed", true)
        }
    }
}
