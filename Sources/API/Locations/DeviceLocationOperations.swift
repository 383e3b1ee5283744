import JSON
import Station

/// How 002 describes where devices are.
struct DeviceLocationOperations {
    let limits: StationLimits

    // MARK: Its manager's

    var show: Operation {
        Operation("Get location of device").ofDevice.answers(200, "The location.", Self.place)
    }

    var put: Operation {
        Operation("Put device at location", "At one that there is, by its id, or at a new one.")
            .ofDevice
            .takes(
                .object(
                    .required(
                        "location", .oneOf(.text, LocationOperations(limits: limits).new)))
            )
            .answers(200, "The location.", Self.place)
            .answers(201, "The location, of a device that had none.", Self.place)
    }

    private static let place = Schema.object(.required("location", LocationOperations.location))

    // MARK: The device's own

    var coordinates: Operation {
        own("Get coordinates").answers(200, "The location as a Feature.", Self.feature)
    }

    var report: Operation {
        own("Report coordinates", "Makes a mobile location for a device that has none.")
            .takes(Self.report).answers(200, "The location as a Feature.", Self.feature)
    }

    var reportAgain: Operation {
        own("Report coordinates again").takes(Self.report)
            .answers(200, "The location as a Feature.", Self.feature)
    }

    private func own(_ summary: String, _ text: String = "") -> Operation {
        Operation(summary, text).withoutToken.ofDevice
            .query("key", .text, "The device's key; no token is needed.", isRequired: true)
            .refuses(403, "This is not the device's key.")
    }

    /// A GeoJSON Feature (RFC 7946 §3.2).
    private static let report = Schema.object(
        .optional("type", .choice(["Feature"])), .required("geometry", LocationOperations.point),
        .optional("properties", .object(LocationOperations.sightingMembers).orNull)
    ).named("Report")

    private static let feature = Schema.object(
        .required("type", .choice(["Feature"])), .required("geometry", LocationOperations.geometry),
        .required("properties", .object(.required("name", .text)))
    ).named("Feature")
}
