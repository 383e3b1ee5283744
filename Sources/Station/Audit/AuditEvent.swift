/// What the audit is to keep of one thing that somebody did, or tried to, or that came by itself.
package struct AuditEvent: Sendable, Equatable {
    /// The id of who did it; nil for nobody known, and for the station itself.
    package var user: String?
    package var userEmail = ""
    /// The API that it came through; empty for what came by itself.
    package var api = ""
    /// Such as `launch_workspace`.
    package var action: String
    /// What it was done to, such as `workspace:ws-linux-desktop`; empty for nothing named.
    package var resource = ""
    /// For people: what is not said otherwise, why it was refused.
    package var details = ""
    /// The network address that it came from; empty for the station itself.
    package var address = ""
    package var isSuccess = true
    /// Why a session, lease or the like is over.
    package var endReason: String?
    package var device: String?
    package var session: String?
    package var organization: String?

    package init(_ action: String) {
        self.action = action
    }
}
