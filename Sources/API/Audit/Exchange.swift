import Station
import Transport

/// A request on its way through the gateway, and what is known of it for the audit.
struct Exchange: Sendable {
    var request: HTTPRequest
    let match: Router.Match
    /// Who called, if that was asked before anything was changed.
    var caller: RequestAudit.Caller?
    /// What the route says of it.
    var note: AuditNote?

    var changesNothing: Bool { ["GET", "HEAD", "OPTIONS"].contains(request.method) }

    /// How it ended.
    enum Outcome {
        /// - Parameter id: that of what was made.
        case done(id: String?)
        case refused(APIError)
    }
}
