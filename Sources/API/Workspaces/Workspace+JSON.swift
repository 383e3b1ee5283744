import Drivers
import Engine
import JSON
import Station

/// Resources as the API's document shows them, members in its order.
extension WorkspaceSession {
    var json: JSONObject {
        [
            "id": .string(id), "user_id": .string(user), "user_email": .string(userEmail),
            "workspace_id": .string(workspace), "workspace_name": .string(workspaceName),
            "workspace_type": .string(workspaceType), "status": .string(status.rawValue),
            "started_at": .string(startedAt.text(.milliseconds)),
            "ended_at": endedAt.map { .string($0.text(.milliseconds)) } ?? .null,
            "ip_address": .string(address), "tunnel_status": .string(tunnel.rawValue),
            "mfa_verified": .bool(isMFAVerified),
        ]
    }
}

extension Workspace {
    /// - Parameter isRunning: whether anybody works with it.
    func json(isRunning: Bool) -> JSONObject {
        let status = isRunning && availability == .available ? "running" : availability.rawValue
        let shown: JSONObject = [
            "id": .string(id), "name": .string(description.name),
            "type": .string(description.type), "description": .string(description.text),
            "image_url": .optional(description.imageURL), "status": .string(status),
            "cpu": .optional(description.cpu), "memory": .optional(description.memory),
            "storage": .optional(description.storage), "url": .optional(description.url),
            "connection_type": .optional(description.connectionType),
            "requires_netbird": .bool(description.requiresNetBird),
            "icon": .optional(description.icon),
        ]
        return shown.joined(driver.json).joined(rules.json)
    }
}

extension Workspace.Driver {
    fileprivate var json: JSONObject {
        switch self {
        case .simulated: ["driver": .string("simulated"), "command": .null]
        case .process(let command):
            ["driver": .string("process"), "command": .string(command)]
        }
    }
}

extension Workspace.Rules {
    fileprivate var json: JSONObject {
        [
            "requires_mfa": .bool(requiresMFA), "records_sessions": .bool(recordsSessions),
            "max_duration_seconds": .seconds(maximumDuration),
            "idle_timeout_seconds": .seconds(idleTimeout),
            "heartbeat_seconds": .seconds(heartbeat), "warning_seconds": .seconds(warning),
        ]
    }
}

extension WorkspaceNews {
    /// One message of the socket.
    var json: JSONObject {
        var data = session.json
        let type: String
        switch event {
        case .started: type = "session.started"
        case .warning(let end, let at):
            type = "session.warning"
            data["ends_at"] = .string(at.text(.milliseconds))
            data["end_reason"] = .string(end.rawValue)
        case .ended:
            type = "session.ended"
            data["end_reason"] = .optional(session.end?.rawValue)
        }
        return [
            "type": .string(type), "timestamp": .string(time.text(.milliseconds)),
            "data": .object(data),
        ]
    }
}

extension JSONValue {
    fileprivate static func optional(_ text: String?) -> JSONValue {
        text.map(JSONValue.string) ?? .null
    }

    /// Whole where it is whole.
    fileprivate static func seconds(_ duration: Duration?) -> JSONValue {
        guard let duration else { return .null }
        let (seconds, attoseconds) = duration.components
        return attoseconds == 0
            ? .integer(seconds) : .number(Double(seconds) + Double(attoseconds) / 1e18)
    }
}
