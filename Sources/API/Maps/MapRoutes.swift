import JSON
import Tiles

/// Maps out of files that the operator puts into a folder. They are for everybody: a page shows
/// its map before anybody logs in.
struct MapRoutes: Sendable {
    var routes: [Route] {
        [
            Route("GET", "/v1/tiles", { _ in .outside(.maps) }, operations.list),
            Route("GET", "/v1/tiles/{name}/{z}/{x}/{y}", tile, operations.tile),
        ]
    }

    private var operations: MapOperations { MapOperations() }

    private func tile(_ request: APIRequest) throws(APIError) -> Reply {
        let numbers = ["z", "x", "y"].compactMap { Int(request[parameter: $0]) }
        guard numbers.count == 3,
            let address = TileAddress(zoom: numbers[0], x: numbers[1], y: numbers[2])
        else { throw APIError(404, "there is no such tile on earth") }
        return .outside(.tile(address, map: request[parameter: "name"]))
    }
}
