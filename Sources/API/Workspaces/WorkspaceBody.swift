import Drivers
import Engine
import JSON
import Station

/// What an administrator says of a workspace.
struct WorkspaceBody {
    private let fields: BodyFields
    private let json: JSONObject

    init(_ json: JSONObject) {
        self.json = json
        fields = BodyFields(json)
    }

    func new() throws(APIError) -> WorkspaceWishes {
        var wish = WorkspaceWishes(
            Workspace.Description(name: try fields.text("name"), type: try fields.text("type")))
        try read(into: &wish)
        return wish
    }

    /// What is not named stays; null is the same as nothing where there may be nothing.
    func change(of workspace: Workspace) throws(APIError) -> WorkspaceWishes {
        var wish = WorkspaceWishes(workspace)
        if let name = try fields.optionalText("name") { wish.description.name = name }
        if let type = try fields.optionalText("type") { wish.description.type = type }
        try read(into: &wish)
        return wish
    }

    private func read(into wish: inout WorkspaceWishes) throws(APIError) {
        try readDescription(into: &wish.description)
        if let status = try fields.optionalText("status") {
            // Somebody who changes what was shown sends it back.
            guard
                let availability = Workspace.Availability(rawValue: status)
                    ?? (status == "running" ? .available : nil)
            else {
                let all = Workspace.Availability.allCases.map(\.rawValue)
                throw APIError(400, "\"status\" must be one of " + all.joined(separator: ", "))
            }
            wish.availability = availability
        }
        try readRules(into: &wish.rules)
        try readDriver(into: &wish.driver)
    }

    private func readDescription(
        into description: inout Workspace.Description
    ) throws(APIError) {
        if let text = try fields.optionalText("description") { description.text = text }
        if let flag = try fields.optionalFlag("requires_netbird") {
            description.requiresNetBird = flag
        }
        try read("image_url", into: &description.imageURL)
        try read("cpu", into: &description.cpu)
        try read("memory", into: &description.memory)
        try read("storage", into: &description.storage)
        try read("url", into: &description.url)
        try read("connection_type", into: &description.connectionType)
        try read("icon", into: &description.icon)
    }

    private func readRules(into rules: inout Workspace.Rules) throws(APIError) {
        if let flag = try fields.optionalFlag("requires_mfa") { rules.requiresMFA = flag }
        if let flag = try fields.optionalFlag("records_sessions") { rules.recordsSessions = flag }
        try read("max_duration_seconds", into: &rules.maximumDuration)
        try read("idle_timeout_seconds", into: &rules.idleTimeout)
        try read("heartbeat_seconds", into: &rules.heartbeat)
        try read("warning_seconds", into: &rules.warning)
    }

    private func readDriver(into driver: inout Workspace.Driver) throws(APIError) {
        // Whatever the driver: what is of a wrong type is a mistake.
        let command = try fields.optionalText("command") ?? driver.command
        var session = driver.simulated
        if let time = try fields.optionalSeconds("starts_in_seconds") { session.startsIn = time }
        if let time = try fields.optionalSeconds("stops_in_seconds") { session.stopsIn = time }
        try read("crashes_after_seconds", into: &session.crashesAfter)
        try read("start_failure", into: &session.startFailure)
        switch try fields.optionalText("driver") ?? driver.name {
        case "process":
            guard let command else {
                throw APIError(400, "\"command\" is needed with the driver process")
            }
            driver = .process(command: command)
        case "simulated": driver = .simulated(session)
        default: throw APIError(400, "\"driver\" must be one of simulated, process")
        }
    }

    private func read(_ key: String, into text: inout String?) throws(APIError) {
        guard json[key] != nil else { return }
        text = try fields.optionalText(key)
    }

    private func read(_ key: String, into time: inout Duration?) throws(APIError) {
        guard json[key] != nil else { return }
        time = try fields.optionalSeconds(key)
    }
}

extension Workspace.Driver {
    fileprivate var name: String {
        switch self {
        case .simulated: "simulated"
        case .process: "process"
        }
    }

    fileprivate var command: String? {
        if case .process(let command) = self { command } else { nil }
    }

    fileprivate var simulated: SimulatedWorkspaceSettings {
        if case .simulated(let session) = self { session } else { .init() }
    }
}
