import Engine
import Station

/// Refusals in the words of the API's document, and of the original where it has none.
extension APIError {
    init(_ error: WorkspaceError) {
        switch error {
        case .unknownWorkspace: self.init(404, "Workspace not found")
        case .unknownSession: self.init(404, "Session not found")
        case .invalid(let problem): self.init(400, problem)
        case .tooManyWorkspaces: self.init(503, "there are too many workspaces")
        case .comingSoon: self.init(400, "Workspace is coming soon")
        case .notAvailable(let availability):
            self.init(409, "Workspace is not available: \(availability.rawValue)")
        case .needsMFA:
            self.init(
                403,
                "This workspace needs a login with a second factor: set one up at "
                    + "/api/auth/mfa, then log in with its code")
        case .unknownCommand(let name):
            self.init(
                409,
                "the station has no command \"\(name)\" for workspaces; see its setting "
                    + "workspaces.commands")
        case .tooManySessions: self.init(503, "there are too many active sessions")
        case .hasEnded: self.init(409, "Session has ended")
        case .startFailed(let reason):
            self.init(503, "Workspace could not be started: \(reason)")
        }
    }
}

/// Calls the workspaces and words their refusals.
func workspaces<Result: Sendable>(
    _ station: FieldStation, _ call: (isolated Workspaces) throws(WorkspaceError) -> Result
) throws(APIError) -> Result {
    try station.workspaces.enter(throwing: APIError.init, call)
}
