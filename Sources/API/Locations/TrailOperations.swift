import JSON

/// How trails and sources of locations are described.
struct TrailOperations {
    var trail: Operation {
        one("Get trail", "Where a mobile location was, oldest first.")
            .query(
                "format",
                .choice(TrailFormat.self).byDefault(.string(TrailFormat.geojson.rawValue))
            )
            .query("since", .time).query("until", .time)
            .answers(
                200, "The trail.",
                content: TrailFormat.allCases.map { format in
                    (format.mediaType, format == .geojson ? Schema.object() : .text)
                }
            )
            .refuses(400, "A query parameter is out of its bounds.")
    }

    var source: Operation {
        one("Get source", "Whom the location follows.").answers(200, "The source.", Self.source)
    }

    var follow: Operation {
        one("Set source", "Lets the location follow the station's receiver or a paired phone.")
            .takes(
                .oneOf(
                    .object(.required("type", .choice(["station"]))),
                    .object(
                        .required("type", .choice(["session"])),
                        .required("token", .text, "The pairing session's.")))
            )
            .answers(200, "The source.", Self.source)
            .refuses(409, "The location is not mobile.")
            .refuses(410, "The pairing session has expired.")
    }

    var unfollow: Operation {
        one("Remove source").answers(204, "The location follows nobody.")
    }

    private func one(_ summary: String, _ text: String = "") -> Operation {
        Operation(summary, text).path("id", .uuid, "The location.")
            .refuses(404, "There is no such location, or no such pairing session.")
    }

    private static let source = Schema.object(
        .required("type", .choice(["station", "session"]).orNull, "Null for nobody."))
}
