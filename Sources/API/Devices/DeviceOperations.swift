import JSON
import Station

/// How 002 describes devices.
struct DeviceOperations {
    let limits: StationLimits

    var list: Operation {
        Operation("List devices", "Of the organisations that the caller manages, newest first.")
            .paged(Self.device, "The devices.")
    }

    var add: Operation {
        Operation("Add device")
            .takes(
                .object(
                    [
                        .required("name", name),
                        .required("organization", .text, "The id of one that the caller manages."),
                    ] + details + [
                        .optional(
                            "driver", .choice(ConnectionParameters.Driver.self).orNull,
                            "Makes its first connection, with the parameters that follow."),
                        .optional("parameters", .object()),
                    ]
                ).named("NewDevice")
            )
            .answers(
                201, "The device.",
                .object(
                    Self.members + [
                        .required(
                            "key", .text,
                            "What the device itself reports with; told this once.")
                    ]
                ).named("AddedDevice"))
    }

    var show: Operation {
        one("Get device").answers(200, "The device.", Self.device)
    }

    var replace: Operation {
        one("Replace device", "What is not named becomes empty.")
            .takes(.object([.required("name", name)] + details).named("DeviceDescription"))
            .answers(200, "The device.", Self.device)
    }

    var change: Operation {
        one("Change device", "What is not named stays.")
            .takes(.object([.optional("name", name.orNull)] + details).named("DeviceChange"))
            .answers(200, "The device.", Self.device)
    }

    var delete: Operation {
        one("Delete device").answers(204, "It is gone.").refuses(409, "The device is leased.")
    }

    // MARK: Parts

    private func one(_ summary: String, _ text: String = "") -> Operation {
        Operation(summary, text).ofDevice
    }

    private var name: Schema {
        .text.characters(1...limits.deviceTextCharacters).matching(PlainText.pattern)
    }

    private var details: [Schema.Member] {
        let text = Schema.text.characters(0...limits.deviceTextCharacters)
            .matching(PlainText.pattern).orNull
        let key = Schema.text.matching(SecretToken.pattern).orNull
        return [
            .optional("mac_address", .text.matching(Devices.macAddressPattern).orNull),
            .optional("platform", text), .optional("type", text), .optional("os_version", text),
            .optional("key", key, "What the device itself reports with; else one is drawn."),
        ]
    }

    private static let device = Schema.object(members).named("Device")

    private static let members: [Schema.Member] = [
        .required("id", .uuid), .required("name", .text), .required("organization", .uuid),
        .required("mac_address", .text), .required("platform", .text), .required("type", .text),
        .required("os_version", .text), .required("created", .time), .required("modified", .time),
    ]
}

extension Operation {
    /// About the device that the path names.
    var ofDevice: Operation {
        path("id", .uuid, "The device.").refuses(404, "There is no such device.")
    }

    /// One page of a list (002).
    func paged(_ item: Schema, _ text: String) -> Operation {
        query("page", .integer.atLeast(1).byDefault(.integer(1)))
            .query(
                "page_size", .integer.atLeast(1).byDefault(.integer(Int64(Page.defaultSize))),
                "More than \(Page.mostItems) are as good as \(Page.mostItems)."
            )
            .answers(
                200, text,
                .object(
                    .required("count", .integer, "Of all pages together."),
                    .required("next", .text.orNull, "Where the next page is."),
                    .required("previous", .text.orNull, "Where the previous page is."),
                    .required("results", .list(of: item)))
            )
            .refuses(404, "There is no such page.")
    }
}
