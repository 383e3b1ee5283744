package import Drivers
package import Engine

/// Something to work with that the station offers: a desktop, a program, a page.
package struct Workspace: Sendable, Equatable {
    /// What it is while nobody works with it. `running` is not among them: that follows from its
    /// sessions.
    package enum Availability: String, Sendable, CaseIterable {
        case available
        /// Shown, and not yet to be launched.
        case comingSoon = "coming_soon"
        /// Taken out of use by an administrator.
        case stopped
        case error
    }

    /// What is only shown.
    package struct Description: Sendable, Equatable {
        package var name: String
        /// Such as `html5`, `rdp` or `linux`.
        package var type: String
        package var text = ""
        package var imageURL: String?
        package var cpu: String?
        package var memory: String?
        package var storage: String?
        package var url: String?
        package var connectionType: String?
        package var requiresNetBird = false
        package var icon: String?

        package init(name: String, type: String) {
            self.name = name
            self.type = type
        }
    }

    /// What works for its sessions.
    package enum Driver: Sendable, Equatable {
        case simulated(SimulatedWorkspaceSettings)
        /// The program that the station's configuration has under this name.
        case process(command: String)
    }

    /// What its sessions are bound by.
    package struct Rules: Sendable, Equatable {
        /// Only for whoever has logged in with a second factor.
        package var requiresMFA = false
        /// Whether what goes through its streams is written down.
        package var recordsSessions = false
        /// How long a session may take; nil for as long as its user wants.
        package var maximumDuration: Duration?
        /// How long its user may do nothing; nil for as long as they want.
        package var idleTimeout: Duration?
        /// How long nobody may be heard of it: no heartbeat and no viewer; nil for ever.
        package var heartbeat: Duration?
        /// How long before such an end its user is warned; nil for the station's own.
        package var warning: Duration?

        package init() {}
    }

    package let id: String
    package var description: Description
    package var availability: Availability
    package var driver: Driver
    package var rules: Rules
    package let createdAt: UTCTime
}

/// Why the workspaces refuse.
package enum WorkspaceError: Error, Sendable, Equatable {
    case unknownWorkspace
    case unknownSession
    /// What is wrong with a workspace, and with which member of it.
    case invalid(String)
    case tooManyWorkspaces
    case comingSoon
    case notAvailable(Workspace.Availability)
    case needsMFA
    /// The station's configuration has no such command.
    case unknownCommand(String)
    case tooManySessions
    case hasEnded
    /// The session is over again, and why it could not be worked with.
    case startFailed(String)
}
