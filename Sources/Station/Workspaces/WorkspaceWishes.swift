import Drivers
import Engine

/// What an administrator wants a workspace to be.
package struct WorkspaceWishes: Sendable, Equatable {
    package var description: Workspace.Description
    package var availability = Workspace.Availability.available
    package var driver = Workspace.Driver.simulated(SimulatedWorkspaceSettings())
    package var rules = Workspace.Rules()

    package init(_ description: Workspace.Description) {
        self.description = description
    }

    /// The one that there is, to be changed.
    package init(_ workspace: Workspace) {
        description = workspace.description
        availability = workspace.availability
        driver = workspace.driver
        rules = workspace.rules
    }

    /// Refuses what is out of bounds, and names it as the API does.
    func check(_ limits: WorkspaceLimits) throws(WorkspaceError) {
        try check("name", description.name, 1...limits.nameCharacters)
        try check("type", description.type, 1...limits.nameCharacters)
        try check("description", description.text, 0...limits.textCharacters)
        let long = [("image_url", description.imageURL), ("url", description.url)]
        for (name, text) in long { try check(name, text ?? "", 0...limits.textCharacters) }
        let short = [
            ("cpu", description.cpu), ("memory", description.memory),
            ("storage", description.storage), ("connection_type", description.connectionType),
            ("icon", description.icon),
        ]
        for (name, text) in short { try check(name, text ?? "", 0...limits.nameCharacters) }
        try checkDriver(limits)
        let bounds = [
            ("max_duration_seconds", rules.maximumDuration),
            ("idle_timeout_seconds", rules.idleTimeout), ("heartbeat_seconds", rules.heartbeat),
            ("warning_seconds", rules.warning),
        ]
        for case (let name, let bound?) in bounds where !limits.bounds.contains(bound) {
            throw .invalid("\"\(name)\" must be from 1 to \(limits.bounds.upperBound.seconds)")
        }
    }

    private func checkDriver(_ limits: WorkspaceLimits) throws(WorkspaceError) {
        switch driver {
        case .process(let command): try check("command", command, 1...limits.nameCharacters)
        case .simulated(let session):
            try check("start_failure", session.startFailure ?? "", 0...limits.textCharacters)
            for case (let name, let time?) in [
                ("starts_in_seconds", session.startsIn),
                ("stops_in_seconds", session.stopsIn),
                ("crashes_after_seconds", session.crashesAfter),
            ] where time < .zero || time > limits.bounds.upperBound {
                throw .invalid("\"\(name)\" must be from 0 to \(limits.bounds.upperBound.seconds)")
            }
        }
    }

    private func check(
        _ name: String, _ text: String, _ characters: ClosedRange<Int>
    ) throws(WorkspaceError) {
        guard text.isPlainText(atMost: characters.upperBound),
            text.unicodeScalars.count >= characters.lowerBound
        else {
            throw .invalid(
                "\"\(name)\" must have \(characters.lowerBound) to \(characters.upperBound) "
                    + "characters on one line")
        }
    }
}

extension Duration {
    fileprivate var seconds: Int64 { components.seconds }
}
