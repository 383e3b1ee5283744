import JSON
import Tiles
import Transport

/// Maps and their tiles as they are answered.
struct MapContent {
    let maps: TileLibrary

    /// A replaced file is seen after that long by who has looked at the old one.
    static let seconds = 3600

    func listing() -> HTTPResponse {
        let listing = maps.listing()
        let content: JSONObject = [
            "maps": .array(listing.maps.map { .object(Self.json($0)) }),
            "problems": .array(
                listing.problems.map { problem in
                    ["file": .string(problem.file), "detail": .string(problem.detail)]
                }),
        ]
        return HTTPResponse(
            status: 200,
            headers: HTTPHeaders([
                ("Content-Type", "application/json"), ("Cache-Control", "no-cache"),
            ]), body: JSONValue.object(content).bytes())
    }

    func tile(
        _ address: TileAddress, _ map: String, known: String?
    ) throws(APIError) -> HTTPResponse {
        let finding: TileLibrary.Finding
        do throws(TileProblem) {
            finding = try maps.find(address, of: map) {
                EntityTag.isKnown($0, among: known)
            }
        } catch {
            throw APIError(500, "the file of the map \(map) is of no use: \(error.description)")
        }
        switch finding {
        case .noSuchMap: throw APIError(404, "there is no map \(map)")
        case .noTile: throw APIError(404, "the map \(map) has no tile there")
        case .known(let tag): return HTTPResponse(status: 304, headers: Self.caching(tag))
        case .tile(let tile, let tag):
            var headers = Self.caching(tag)
            headers.add("Content-Type", tile.format.contentType)
            if tile.isGzipped { headers.add("Content-Encoding", "gzip") }
            // Whatever the file holds, it is shown as nothing else.
            headers.add("X-Content-Type-Options", "nosniff")
            return HTTPResponse(status: 200, headers: headers, body: tile.bytes)
        }
    }

    private static func caching(_ tag: String) -> HTTPHeaders {
        HTTPHeaders([
            ("Cache-Control", "public, max-age=\(seconds)"), ("ETag", EntityTag.written(tag)),
        ])
    }

    private static func json(_ map: TileLibrary.Map) -> JSONObject {
        let description = map.description
        let bounds = description.bounds
        var json: JSONObject = ["name": .string(map.name)]
        if let title = description.title { json["title"] = .string(title) }
        json["format"] = .string(description.format.rawValue)
        json["minZoom"] = .integer(Int64(description.zooms.lowerBound))
        json["maxZoom"] = .integer(Int64(description.zooms.upperBound))
        json["bounds"] = .array(
            [bounds.west, bounds.south, bounds.east, bounds.north].map { .number($0) })
        if let center = description.center {
            json["center"] = .array([
                .number(center.longitude), .number(center.latitude), .integer(Int64(center.zoom)),
            ])
        }
        json["attribution"] = .string(description.attribution)
        if let size = description.tileSize { json["tileSize"] = .integer(Int64(size)) }
        return json
    }
}
