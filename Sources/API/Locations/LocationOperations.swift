import JSON
import Pointing
import Station

/// How 002 describes locations.
struct LocationOperations {
    let limits: StationLimits

    var list: Operation {
        Operation("List locations", "Of the organisations that the caller manages, newest first.")
            .paged(Self.location, "The locations.")
    }

    var map: Operation {
        Operation("Map locations", "All of them at once, for a map.")
            .answers(200, "The locations.", Self.collection)
    }

    var add: Operation {
        Operation("Add location")
            .takes(.object([.required("organization", .text)] + newMembers).named("NewLocation"))
            .answers(201, "The location.", Self.location)
    }

    var show: Operation {
        one("Get location").answers(200, "The location.", Self.location)
    }

    var replace: Operation {
        one("Replace location", "What is not named gets its default; the geometry stays.")
            .takes(.object(newMembers + [organization]).named("LocationDescription"))
            .answers(200, "The location.", Self.location)
    }

    var change: Operation {
        one("Change location", "What is not named stays.")
            .takes(
                .object([.optional("name", name.orNull), organization] + details)
                    .named("LocationChange")
            )
            .answers(200, "The location.", Self.location)
    }

    var delete: Operation {
        one("Delete location").answers(204, "It is gone.")
    }

    private func one(_ summary: String, _ text: String = "") -> Operation {
        Operation(summary, text).path("id", .uuid, "The location.")
            .refuses(404, "There is no such location.")
    }

    // MARK: What is written

    /// A location without its organisation.
    var new: Schema { .object(newMembers).named("LocationHere") }

    private var newMembers: [Schema.Member] { [.required("name", name)] + details }

    private var name: Schema {
        .text.characters(1...limits.locationTextCharacters).matching(PlainText.pattern)
    }

    private var organization: Schema.Member {
        .optional("organization", .text, "Its own: a location stays where it is.")
    }

    private var details: [Schema.Member] {
        let address = Schema.text.characters(0...limits.locationTextCharacters)
            .matching(PlainText.pattern).orNull
        return [
            .optional("address", address), .optional("type", .choice(Location.Kind.self).orNull),
            .optional("is_mobile", .flag, "Whether it moves: then every update is told."),
            .optional("geometry", Self.geometry),
        ] + Self.sightingMembers
    }

    /// What can be said of a geometry.
    static let sightingMembers: [Schema.Member] = [
        .optional(
            "accuracy", .number.within(WrittenGeometry.accuracies).orNull,
            "Radius in metres of the circle that holds it with 95 % probability."),
        .optional("time", .time.orNull, "When it was there; else now."),
    ]

    // MARK: What is read

    /// RFC 7946 §3.1.2.
    static let point = pointMembers.named("Point")
    static let geometry = pointMembers.orNull.described("Null when it is not known.")
        .named("Geometry")

    private static let pointMembers = Schema.object(
        .required("type", .choice(["Point"])),
        .required(
            "coordinates", .list(of: .number).count(GeoJSONPoint.counts),
            "Longitude, latitude and perhaps the altitude in metres.")
    ).example([
        "type": .string("Point"), "coordinates": .array([.number(13.4), .number(52.5)]),
    ])

    static let location = Schema.object(
        .required("id", .uuid), .required("organization", .uuid), .required("name", .text),
        .required("type", .choice(Location.Kind.self)), .required("is_mobile", .flag),
        .required("address", .text), .required("geometry", geometry),
        .required("created", .time), .required("modified", .time)
    ).named("Location")

    private static let collection = Schema.object(
        .required("type", .choice(["FeatureCollection"])),
        .required(
            "features",
            .list(
                of: .object(
                    .required("type", .choice(["Feature"])), .required("id", .uuid),
                    .required("geometry", geometry),
                    .required(
                        "properties",
                        .object(
                            .required("id", .uuid), .required("name", .text),
                            .required("organization", .uuid), .required("address", .text),
                            .required("type", .choice(Location.Kind.self)),
                            .required("is_mobile", .flag))))))
    )
}
