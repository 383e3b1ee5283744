import Drivers
import Engine

extension HostOrder: RecordedPayload {
    /// When, and with no key.
    func write(into writer: inout PayloadWriter) {
        writer.member("issued_at", issuedAt)
        writer.member("expires_at", expiresAt)
    }
}

extension HostReport: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        // The signature has the form of every secret here, and is replaced like them.
        if let token { writer.member("token", token) } else { writer.member("refused", true) }
    }
}
