import Engine
import Station

/// 004: the socket that tells how a user's sessions begin, are warned, and end. It hears nothing.
struct WorkspaceSocketRoutes: Sendable {
    let station: FieldStation
    let feed: NewsFeed<WorkspaceNews>

    var routes: [Route] {
        [
            Route(
                "GET", WorkspaceSessionRoutes.path + "/live", open,
                .socket(
                    "Live sessions", "The caller's own; for an administrator with `all=true` all."))
        ]
    }

    private func open(_ request: APIRequest) throws(APIError) -> Reply {
        let access = Access(station: station)
        let caller = try access.worker(request)
        let wantsAll = request.query("all") == "true"
        if wantsAll { try access.workspaceAdministrator(request) }
        let token = request.presentedToken.map { SecretHash(of: $0) }
        let socket = NewsSocket(feed: feed, key: wantsAll ? nil : caller.user.id) { [station] in
            guard let token, let caller = station.identity.enter({ $0.caller(forToken: token) })
            else { return false }
            return !wantsAll || caller.user.isSuperuser
        }
        return .upgrade(socket)
    }
}
