import JSON
import Station

/// 004: who did what, newest first.
struct AuditLogRoutes: Sendable {
    let station: FieldStation

    var routes: [Route] {
        []
    }
}
