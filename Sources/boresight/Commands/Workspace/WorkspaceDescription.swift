import JSON

/// What can be said of a workspace on the command line.
enum WorkspaceDescription {
    private enum Status: String, TextChoice {
        case available
        case comingSoon = "coming_soon"
        case stopped
        case error
    }

    private static let type = Option<String>(
        "type", "what it is, such as html5, rdp or linux")
    private static let text = Option<FreeText>("description", "a sentence about it")
    private static let status = Option<Status>("status", "whether it can be launched")
    private static let command = Option<String>(
        "command", placeholder: "COMMAND",
        "run what the station's configuration calls so; see 'workspaces.commands'")
    private static let simulated = Flag("simulated", "run nothing, for trying out")
    private static let mfa = Flag("mfa", "only for logins with a second factor")
    private static let noMFA = Flag("no-mfa", "for every login")
    private static let record = Flag("record-streams", "write down what goes through its streams")
    private static let noRecord = Flag("no-record-streams", "write nothing down")
    private static let maximum = Option<OptionalDuration>(
        "max-duration", "how long a session may take")
    private static let idle = Option<OptionalDuration>(
        "idle-timeout", "how long its user may do nothing")
    private static let heartbeat = Option<OptionalDuration>(
        "heartbeat", "how long nobody may be heard of a session")
    private static let warning = Option<OptionalDuration>(
        "warning", "how long before such an end its user is told")

    static let options = [
        type.declaration, text.declaration, status.declaration, command.declaration,
        simulated.declaration, mfa.declaration, noMFA.declaration, record.declaration,
        noRecord.declaration, maximum.declaration, idle.declaration, heartbeat.declaration,
        warning.declaration,
    ]

    /// The members of a request that the options give.
    static func members(_ invocation: Invocation) throws(CommandFailure) -> JSONObject {
        var members = JSONObject()
        members["type"] = invocation[type].map(JSONValue.string)
        members["description"] = invocation[text].map { .string($0.text) }
        members["status"] = invocation[status].map { .string($0.rawValue) }
        switch (invocation[command], invocation[simulated]) {
        case (nil, false): break
        case (let name?, false):
            members["driver"] = .string("process")
            members["command"] = .string(name)
        case (nil, true): members["driver"] = .string("simulated")
        case (_?, true):
            throw invocation.usageFailure("--command and --simulated exclude each other")
        }
        members["requires_mfa"] = try choice(mfa, noMFA, invocation)
        members["records_sessions"] = try choice(record, noRecord, invocation)
        members["max_duration_seconds"] = invocation[maximum]?.seconds
        members["idle_timeout_seconds"] = invocation[idle]?.seconds
        members["heartbeat_seconds"] = invocation[heartbeat]?.seconds
        members["warning_seconds"] = invocation[warning]?.seconds
        return members
    }

    private static func choice(
        _ yes: Flag, _ no: Flag, _ invocation: Invocation
    ) throws(CommandFailure) -> JSONValue? {
        switch (invocation[yes], invocation[no]) {
        case (false, false): return nil
        case (true, false): return .bool(true)
        case (false, true): return .bool(false)
        case (true, true):
            throw invocation.usageFailure(
                "--\(yes.declaration.name) and --\(no.declaration.name) exclude each other")
        }
    }
}

/// A duration, or that there is none.
private struct OptionalDuration: TextValue, Equatable {
    static let placeholder = "DURATION|none"

    let duration: Duration?

    init(text: String) throws(TextValueProblem) {
        duration = text == "none" ? nil : try WrittenDuration(text: text).duration
    }

    var seconds: JSONValue { duration.map { .number($0 / .seconds(1)) } ?? .null }
}
