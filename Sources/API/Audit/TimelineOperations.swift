import JSON

/// How the timeline is described.
struct TimelineOperations {
    var list: Operation {
        Operation(
            "List timeline",
            "Who did what, newest first; only a superuser sees what others did."
        )
        .query("user", .text, "The id or e-mail address of who did it.")
        .query("device", .text, "The id of the device that it concerned.")
        .query("session", .text, "The lease, game night, or other session.")
        .query("action", .text, "Such as point_rotor.")
        .query("api", .choice(PublishedAPI.self), "The API that it came through.")
        .query("since", .time, "Not before this time.")
        .query("until", .time, "Before this time.")
        .query("success", .flag, "Only what was done, or only what was refused or failed.")
        .query("limit", .integer.within(TimelineRoutes.limits), "100 when nobody says.")
        .query(
            "before", .integer.within(1...Int.max),
            "Only entries with a lower number: the last `next`."
        )
        .answers(
            200, "The entries.",
            .object(
                .required("entries", .list(of: Self.entry)),
                .optional("next", .integer.atLeast(1), "There is more before this number."))
        )
        .refuses(400, "A parameter is not as it must be.")
    }

    private static let entry = Schema.object(
        .required("number", .integer.atLeast(1), "From 1, without a gap."),
        .required("time", .time),
        .required("user", .text.orNull, "The id of who did it."), .required("user_email", .text),
        .required("api", .text, "Empty for what came by itself."),
        .required("action", .text), .required("resource", .text, "What it was done to."),
        .required("details", .text), .required("ip_address", .text),
        .required("success", .flag), .required("end_reason", .text.orNull),
        .required("device", .text.orNull), .required("session", .text.orNull),
        .required("organization", .text.orNull)
    ).named("TimelineEntry")
}
