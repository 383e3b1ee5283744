import Engine
import Station

/// 002: the socket that tells what becomes of a device's commands. It hears nothing.
struct CommandSocketRoutes: Sendable {
    let station: FieldStation
    let feed: NewsFeed<Command>

    var routes: [Route] {
        [
            Route(
                "GET", "/ws/controller/device/{id}/command", open,
                .socket("Commands of one device", "A message for every update of one."))
        ]
    }

    /// A device that is not the caller's is not told apart from none.
    private func open(_ request: APIRequest) throws(APIError) -> Reply {
        let id = request[parameter: "id"]
        guard UniqueID.isOne(id) else { throw APIError(404, "there is nothing at this path") }
        let rights = SocketRights(station: station, request: request) { user in
            user.may(.addDevice) && user.may(.changeDevice) && user.may(.deleteDevice)
        }
        let socket = NewsSocket(feed: feed, key: id) { [station] in
            guard let device = station.devices.enter({ $0.device(id) }) else { return false }
            return rights.scope?.contains(device.organization) == true
        }
        guard socket.mayFollow() else { throw APIError(403, "Access denied") }
        return .upgrade(socket)
    }
}
