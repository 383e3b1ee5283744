import JSON
import Station

/// What 004 shows, for its document.
extension Schema {
    static let workspaceSession = object(sessionMembers).named("Session")

    private static let sessionMembers: [Member] = [
        .required("id", .uuid), .required("user_id", .uuid), .required("user_email", .text),
        .required("workspace_id", .text), .required("workspace_name", .text),
        .required("workspace_type", .text, "Such as `html5`, `rdp` or `linux`."),
        .required("status", .choice(WorkspaceSession.Status.self)),
        .required("started_at", .time), .required("ended_at", .time.orNull),
        .required("ip_address", .text, "Where it was launched from."),
        .required("tunnel_status", .text, "How its user came, such as `encrypted`."),
        .required("mfa_verified", .flag, "Whether the login had a second factor."),
    ]

    static let workspace = object(
        .required("id", .text), .required("name", .text), .required("type", .text),
        .required("description", .text), .required("image_url", .text.orNull),
        .required(
            "status", .choice(["running"] + Workspace.Availability.allCases.map(\.rawValue))),
        .required("cpu", .text.orNull), .required("memory", .text.orNull),
        .required("storage", .text.orNull), .required("url", .text.orNull),
        .required("connection_type", .text.orNull), .required("requires_netbird", .flag),
        .required("icon", .text.orNull), .required("driver", .choice(["simulated", "process"])),
        .required("command", .text.orNull, "The configuration's name of what is run."),
        .required("requires_mfa", .flag), .required("records_sessions", .flag),
        .required("max_duration_seconds", .number.orNull),
        .required("idle_timeout_seconds", .number.orNull),
        .required("heartbeat_seconds", .number.orNull),
        .required("warning_seconds", .number.orNull)
    ).named("Workspace")

    static let launch = object(
        .required("session_id", .uuid), .required("workspace", .workspace),
        .required("stream_url", .text, "Below the API's base."), .required("tunnel_status", .text),
        .required(
            "security",
            .object(
                .required("encrypted_tunnel", .flag), .required("identity_verified", .flag),
                .required("mfa_enforced", .flag), .required("session_recording", .flag)))
    ).named("Launch")

    static let workspaceUser = object(
        .required("id", .uuid), .required("email", .text), .required("name", .text),
        .required("organization", .text.orNull), .required("role", .choice(["admin", "user"])),
        .required("mfa_enabled", .flag)
    ).named("User")

    static let workspaceLogin = object(
        .required("access_token", .text), .required("token_type", .choice(["bearer"])),
        .required("user", .workspaceUser)
    ).named("Login")
}
