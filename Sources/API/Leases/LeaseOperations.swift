import JSON
import Station

/// How 001 is described.
struct LeaseOperations {
    let limits: StationLimits

    var devices: Operation {
        inOrganization("List devices", "The organisation's devices, newest first.")
            .answers(200, "The devices.", list(of: listedDevice))
    }

    var list: Operation {
        inOrganization("List sessions", "The organisation's leases, newest first.")
            .query(
                "limit",
                .integer.within(LeaseRoutes.limits)
                    .byDefault(.integer(Int64(LeaseRoutes.defaultLimit))),
                "The most leases of an answer."
            )
            .query("before", .time, "Only leases made before: the last answer's `nextCursor`.")
            .query("device", .text, "Only leases of the device of this id.")
            .query("active", .flag, "Only leases that are held, or only those that have ended.")
            .answers(
                200, "The leases.",
                list(
                    of: session,
                    .optional("nextCursor", .time, "Goes into `before`; absent at the end."))
            )
            .refuses(400, "A query parameter is out of its bounds.")
    }

    var create: Operation {
        inOrganization(
            "Create session",
            "Leases a device: the named one, or the longest known free one that meets all filters."
        )
        .takes(.oneOf(byDevice, byFilters))
        .answers(201, "The lease.", session)
        .refuses(404, "There is no such device.")
        .refuses(409, "Every such device is leased.")
    }

    var show: Operation {
        one("Get session").answers(200, "The lease.", session)
    }

    var release: Operation {
        one("Release session", "By its holder, a manager or a superuser.")
            .answers(200, "The lease; as it was, when it had ended before.", session)
    }

    var handOver: Operation {
        one(
            "Hand over session",
            "By its holder, a manager or a superuser, to another member who may lease devices. "
                + "Nobody else can take the device in between; what its rotors do goes on."
        )
        .takes(
            .object(.required("user", .text, "The id or e-mail address of the next holder."))
                .named("SessionHandOver")
        )
        .answers(201, "The next holder's lease; it ends by itself when the old one would.", session)
        .refuses(409, "The lease has ended.")
    }

    var heartbeat: Operation {
        one("Keep session", "Its holder is there.")
            .answers(200, "The lease.", session)
            .refuses(409, "The lease has ended.")
    }

    // MARK: Parts

    private func inOrganization(_ summary: String, _ text: String) -> Operation {
        Operation(summary, text).header(
            "X-Organization-Id", .uuid,
            "One of the caller's organisations; else the token's, else the caller's first.")
    }

    private func one(_ summary: String, _ text: String = "") -> Operation {
        inOrganization(summary, text).path("id", .uuid, "The lease.")
            .refuses(404, "There is no such lease.")
    }

    private func list(of item: Schema, _ more: Schema.Member...) -> Schema {
        .object(
            [.required("object", .choice(["list"])), .required("data", .list(of: item))] + more)
    }

    private var listedDevice: Schema {
        .object(device + [.required("leased", .flag, "Whether somebody has it.")])
            .named("ListedDevice")
    }

    private var device: [Schema.Member] {
        [
            .required("id", .uuid), .required("platform", .text), .required("type", .text),
            .required("name", .text), .required("osVersion", .text),
        ]
    }

    private var session: Schema {
        .object(
            .required("id", .uuid), .required("organization", .uuid),
            .required("user", .uuid, "Who made it."),
            .required("device", .object(device).named("Device")),
            .required("createdAt", .time, "Unique within the organisation."),
            .required("releasedAt", .time.orNull, "Null while it is held."),
            .optional("expiresAt", .time, "When its duration is over; absent without one."),
            .optional("endReason", .choice(Lease.End.self), "Absent while it is held.")
        ).named("Session")
    }

    // MARK: Wishes

    private var byDevice: Schema {
        .object([.required("device", .text, "The id of the device.")] + wishes)
            .named("SessionByDevice")
    }

    private var byFilters: Schema {
        let filters = Schema.list(of: DeviceFilter.schema).count(DeviceFilter.counts)
        return .object([.required("filters", filters, "All of them must be met.")] + wishes)
            .named("SessionByFilters")
    }

    private var wishes: [Schema.Member] {
        [
            .optional(
                "duration", .number.within(limits.leaseDurations).orNull,
                "Seconds after which it ends by itself."),
            .optional(
                "heartbeat", .number.within(limits.leaseHeartbeats).orNull,
                "Seconds without a heartbeat after which it ends."),
        ]
    }
}

extension DeviceFilter {
    fileprivate static var schema: Schema {
        .object(
            .required("attribute", .choice(Attribute.self)),
            .required("operator", .choice(Comparison.self)), .required("value", .text)
        ).named("DeviceFilter")
    }
}
