import Engine
import Station
import Transport

/// 002: the socket that tells what becomes of a device's commands. It hears nothing.
struct CommandSocketRoutes: Sendable {
    let station: FieldStation
    let feed: CommandFeed

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
        let socket = CommandSocket(feed: feed, device: id) { [station] in
            guard let device = station.devices.enter({ $0.device(id) }) else { return false }
            return rights.scope?.contains(device.organization) == true
        }
        guard socket.mayFollow() else { throw APIError(403, "Access denied") }
        return .upgrade(socket)
    }
}

/// One socket of the command feed.
private struct CommandSocket: SocketOwner {
    let feed: CommandFeed
    let device: String
    let mayFollow: @Sendable () -> Bool

    func opened(_ socket: UInt64) {
        guard mayFollow() else { return }
        feed.enter { $0.follow(device, on: socket) }
    }

    func received(_ message: WebSocketMessage, on socket: UInt64) {}

    func closed(_ socket: UInt64) {
        feed.enter { $0.leave(socket) }
    }

    var dependsOnRights: Bool { true }

    func mayStay(_ socket: UInt64) -> Bool { mayFollow() }
}
