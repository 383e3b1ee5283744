import Engine
import JSON
import Station
import Transport

/// 002: the sockets that tell where locations are. They hear nothing.
struct LocationSocketRoutes: Sendable {
    let station: FieldStation
    let feed: LocationFeed

    private static let path = "/ws/loci/location/"

    var routes: [Route] {
        [
            Route(
                "GET", Self.path, openAll,
                .socket("All locations", "A message for every update, as `Location`.")),
            Route(
                "GET", Self.path + "{id}/", openOne,
                .socket("One location", "A message for every update of it.")),
        ]
    }

    private func openAll(_ request: APIRequest) throws(APIError) -> Reply {
        try open(request) { rights in
            rights.scope.map { .organizations($0) }
        }
    }

    /// A location that is not the caller's is not told apart from none.
    private func openOne(_ request: APIRequest) throws(APIError) -> Reply {
        let id = request[parameter: "id"]
        guard UniqueID.isOne(id) else { throw APIError(404, "there is nothing at this path") }
        return try open(request) { [station] rights in
            let organization = station.locations.enter { $0.location(id) }?
                .enter { $0.location.organization }
            guard let organization, rights.scope?.contains(organization) == true else {
                return nil
            }
            return .location(id)
        }
    }

    private func open(
        _ request: APIRequest,
        _ following: @escaping @Sendable (SocketRights) -> LocationFeed.Following?
    ) throws(APIError) -> Reply {
        let rights = SocketRights(station: station, request: request) { user in
            user.may(.viewLocation) || user.may(.changeLocation)
        }
        let socket = LocationSocket(feed: feed) { following(rights) }
        guard socket.following() != nil else { throw APIError(403, "Access denied") }
        return .upgrade(socket)
    }
}

/// One socket of a location feed; what it follows is asked again whenever rights change.
private struct LocationSocket: SocketOwner {
    let feed: LocationFeed
    /// What it may follow now; nil for nothing.
    let following: @Sendable () -> LocationFeed.Following?

    func opened(_ socket: UInt64) {
        _ = mayStay(socket)
    }

    func received(_ message: WebSocketMessage, on socket: UInt64) {}

    func closed(_ socket: UInt64) {
        feed.enter { $0.leave(socket) }
    }

    var dependsOnRights: Bool { true }

    func mayStay(_ socket: UInt64) -> Bool {
        guard let following = following() else { return false }
        feed.enter { $0.follow(following, on: socket) }
        return true
    }
}
