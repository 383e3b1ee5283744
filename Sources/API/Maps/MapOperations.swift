import JSON
import Tiles

/// How maps are described.
struct MapOperations {
    var list: Operation {
        Operation("List maps", "The files that the operator put there, as they are now.")
            .withoutToken
            .answers(
                200, "The maps.",
                .object(
                    .required("maps", .list(of: map)), .required("problems", .list(of: problem))))
    }

    var tile: Operation {
        Operation("Get tile", "Rows count from the north.").withoutToken
            .path("name", .text, "Of the map.")
            .path("z", .integer.within(TileLimits.zooms), "The zoom.")
            .path("x", .integer.atLeast(0), "The column.")
            .path("y", .integer.atLeast(0), "The row.")
            .answers(
                200, "The tile as it is stored, which may be with `Content-Encoding: gzip`.",
                content: TileFormat.allCases.map { ($0.contentType, .text) }
            )
            .answers(304, "The tile is as it was.")
            .refuses(404, "There is no such map, or no such tile.")
            .refuses(500, "The map's file is damaged.")
    }

    private var map: Schema {
        .object(
            .required("name", .text, "In the addresses of its tiles."),
            .optional("title", .text, "What the file calls itself."),
            .required("format", .choice(TileFormat.self)),
            .required("minZoom", .integer.within(TileLimits.zooms)),
            .required("maxZoom", .integer.within(TileLimits.zooms)),
            .required("bounds", .list(of: .number).count(4...4), "West, south, east, north."),
            .optional("center", .list(of: .number).count(3...3), "Longitude, latitude, zoom."),
            .required("attribution", .text, "To be shown beside it; no markup."),
            .optional("tileSize", .integer, "Pixels of a side."))
    }

    private var problem: Schema {
        .object(.required("file", .text), .required("detail", .text, "Why it is no map."))
    }
}
