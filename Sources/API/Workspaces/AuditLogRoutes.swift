import Engine
import JSON
import Station

/// 004: who did what, newest first. Administrators see all, everybody else their own.
struct AuditLogRoutes: Sendable {
    let station: FieldStation

    /// From the contract.
    private static let entriesPerAnswer = 500

    var routes: [Route] {
        [Route("GET", "/workspaces/api/audit-logs", list, Self.operation)]
    }

    private static var operation: Operation {
        Operation("List audit logs", "Newest first; administrators see everybody's.")
            .answers(200, "The newest \(entriesPerAnswer) at most.", .list(of: entry))
    }

    private static let entry = Schema.object(
        .required("id", .text), .required("user_id", .uuid.orNull),
        .required("user_email", .text), .required("action", .text, "Such as `launch_workspace`."),
        .required("resource", .text, "Such as `workspace:ws-linux-desktop`."),
        .required("details", .text), .required("ip_address", .text),
        .required("timestamp", .time), .required("success", .flag),
        .optional("endReason", .text, "Why a session is over.")
    ).named("AuditLog")

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let caller = try Access(station: station).worker(request)
        let seesAll = caller.user.isSuperuser && caller.boundOrganization == nil
        let entries = station.audit.enter {
            $0.newest(of: seesAll ? nil : caller.user.id, limit: Self.entriesPerAnswer)
        }
        return .json(200, .array(entries.map { .object(Self.json($0)) }))
    }

    private static func json(_ entry: AuditEntry) -> JSONObject {
        let event = entry.event
        var json: JSONObject = [
            "id": .string(String(entry.number)), "user_id": event.user.map(JSONValue.string) ?? .null,
            "user_email": .string(event.userEmail), "action": .string(event.action),
            "resource": .string(event.resource), "details": .string(event.details),
            "ip_address": .string(event.address),
            "timestamp": .string(entry.time.text(.milliseconds)),
            "success": .bool(event.isSuccess),
        ]
        if let reason = event.endReason { json["endReason"] = .string(reason) }
        return json
    }
}
