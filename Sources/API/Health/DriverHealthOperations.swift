import JSON
import Station

/// How the drivers' health is described.
struct DriverHealthOperations {
    var show: Operation {
        Operation(
            "Get driver health",
            "How every driver is and how old its values are, as far as the station knows without "
                + "asking. Devices are shown to members of their organisation, and addresses and "
                + "the codes of rooms to whoever shows a token."
        )
        .withoutToken
        .answers(
            200, "The drivers: the station's own, then devices, rooms and the tunnel.",
            .object(
                .required("time", .time, "When this was said."),
                .required("drivers", .list(of: driver))))
    }

    private var driver: Schema {
        .object(
            .required("kind", .choice(DriverHealth.Kind.self)), .required("name", .text),
            .required("state", .choice(DriverHealth.State.self)),
            .optional("detail", .text, "Why the state is what it is."),
            .optional("stateAgeSeconds", .number, "How long the state has been so."),
            .optional("address", .text, "Where it is reached."),
            .required("values", .list(of: value))
        ).named("DriverHealth")
    }

    private var value: Schema {
        .object(
            .required("name", .text, "Such as azimuth."),
            .required("value", .oneOf(.number, .flag, .text)),
            .optional("unit", .choice(["degree", "metre", "second"])),
            .optional("ageSeconds", .number, "Absent for what does not age.")
        ).named("DriverValue")
    }
}
