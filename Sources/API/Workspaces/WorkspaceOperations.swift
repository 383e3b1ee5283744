import JSON
import Station

/// How workspaces are described.
struct WorkspaceOperations {
    let limits: WorkspaceLimits

    var list: Operation {
        Operation("List workspaces").answers(200, "All of them.", .list(of: .workspace))
    }

    var show: Operation { one("Get workspace").answers(200, "The workspace.", .workspace) }

    var add: Operation {
        Operation("Add workspace", "Administrators only.")
            .takes(.object(members(isNew: true)).named("NewWorkspace"))
            .answers(201, "The workspace.", .workspace).refuses(403, "Admin access required")
            .refuses(409, "The station has no such command.")
    }

    var change: Operation {
        one("Update workspace", "Administrators only. What is not named stays.")
            .takes(.object(members(isNew: false)).named("WorkspaceChange"))
            .answers(200, "The workspace.", .workspace).refuses(403, "Admin access required")
            .refuses(409, "The station has no such command.")
    }

    var delete: Operation {
        one("Delete workspace", "Administrators only. Its sessions end.")
            .answers(200, "It is gone.", .message()).refuses(403, "Admin access required")
    }

    var launch: Operation {
        one("Launch workspace", "Begins a session; answered when it can be worked with.")
            .answers(200, "The session.", .launch)
            .refuses(400, "Workspace is coming soon")
            .refuses(403, "The workspace needs a login with a second factor.")
            .refuses(409, "It is out of use, or its command is not configured.")
            .refuses(503, "It could not be started.")
    }

    var stop: Operation {
        one("Stop workspace", "Ends the caller's sessions of it.")
            .answers(200, "Nothing of the caller's runs there any more.", .message())
    }

    private func one(_ summary: String, _ text: String = "") -> Operation {
        Operation(summary, text).path("id", .text, "Such as `ws-linux-desktop`.")
            .refuses(404, "Workspace not found")
    }

    private func members(isNew: Bool) -> [Schema.Member] {
        let name = text(1...limits.nameCharacters)
        let short = text(0...limits.nameCharacters).orNull
        let long = text(0...limits.textCharacters).orNull
        let time = Schema.number.within(limits.bounds).orNull
        let pause = Schema.number.within(.zero...limits.bounds.upperBound).orNull
        let required: [(String, Schema)] = [("name", name), ("type", name)]
        let optional: [(String, Schema)] = [
            ("description", long), ("image_url", long), ("cpu", short), ("memory", short),
            ("storage", short), ("url", long), ("connection_type", short),
            ("requires_netbird", .flag.orNull), ("icon", short),
            ("status", .choice(Workspace.Availability.self).orNull),
            ("driver", .choice(["simulated", "process"]).orNull),
            ("command", .text.orNull), ("starts_in_seconds", pause), ("stops_in_seconds", pause),
            ("crashes_after_seconds", pause), ("start_failure", .text.orNull),
            ("requires_mfa", .flag.orNull), ("records_sessions", .flag.orNull),
            ("max_duration_seconds", time), ("idle_timeout_seconds", time),
            ("heartbeat_seconds", time), ("warning_seconds", time),
        ]
        return required.map { isNew ? .required($0.0, $0.1) : .optional($0.0, $0.1.orNull) }
            + optional.map { .optional($0.0, $0.1) }
    }

    private func text(_ characters: ClosedRange<Int>) -> Schema {
        .text.characters(characters).matching(PlainText.pattern)
    }
}

/// How sessions of workspaces are described.
struct WorkspaceSessionOperations {
    let limits: WorkspaceLimits

    var list: Operation { page("List sessions", "The caller's own, newest first.") }

    var listActive: Operation {
        page("List active sessions", "The caller's own that are under way, newest first.")
    }

    var show: Operation { one("Get session").answers(200, "The session.", .workspaceSession) }

    var disconnect: Operation {
        one("Disconnect session", "One that has ended stays as it is.")
            .answers(200, "It has ended.", .message())
    }

    var heartbeat: Operation {
        one("Keep session alive", "For workspaces that want to hear that somebody is there.")
            .answers(200, "It was heard.", .message()).refuses(409, "Session has ended")
    }

    var listAll: Operation {
        Operation("List workspace sessions", "Everybody's that are under way. Superusers only.")
            .answers(200, "The sessions.", .list(of: .workspaceSession))
    }

    var force: Operation {
        Operation("End workspace session", "Anybody's. Superusers only.")
            .path("id", .uuid, "The session.")
            .answers(200, "The session.", .workspaceSession)
            .refuses(404, "Session not found").refuses(409, "Session has ended")
    }

    private func page(_ summary: String, _ text: String) -> Operation {
        Operation(summary, text)
            .query("limit", .integer.within(1...limits.sessionsPerAnswer))
            .query("offset", .integer.within(0...Int.max), "How many to leave out.")
            .answers(200, "The sessions.", .list(of: .workspaceSession))
            .refuses(400, "A query parameter is out of its bounds.")
    }

    private func one(_ summary: String, _ text: String = "") -> Operation {
        Operation(summary, text).path("id", .uuid, "One of the caller's own sessions.")
            .refuses(404, "Session not found")
    }
}
