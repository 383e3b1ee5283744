import Drivers
import JSON
import Station

/// How 002 describes commands.
struct CommandOperations {
    let limits: CommandLimits

    var list: Operation {
        Operation("List commands", "Newest first.").ofDevice.paged(Self.command, "The commands.")
    }

    var add: Operation {
        Operation(
            "Run command", "Answered as soon as it is stored; the device is told afterwards."
        )
        .ofDevice
        .header(
            "Idempotency-Key", .text.characters(limits.keyCharacters),
            "Names the request: sent again, it gets the same answer and runs nothing."
        )
        .takes(.oneOf(custom, password, point, plain))
        .answers(201, "The command.", Self.command)
        .refuses(409, "Somebody else has the device.")
        .refuses(422, "The key was used for another command.")
        .refuses(503, "Too many commands wait already.")
    }

    var show: Operation {
        Operation("Get command").ofDevice.path("cid", .uuid, "The command.")
            .answers(200, "The command.", Self.command)
            .refuses(404, "There is no such command.")
    }

    // MARK: What is written

    private var custom: Schema {
        let text = Schema.text.characters(1...limits.textBytes).matching(Self.notBlank)
        return wish([.custom], .required("command", text, "At most \(limits.textBytes) bytes."))
            .named("CustomCommand")
    }

    private var password: Schema {
        let text = Schema.text.characters(limits.passwordCharacters)
        return wish(
            [.changePassword],
            .required("password", text.matching(Self.notOnlySpaces)),
            .optional("confirm_password", .anything, "Not looked at.")
        ).named("ChangePasswordCommand")
    }

    private var point: Schema {
        let bound = RotctldCommand.largestAngleDegrees
        let degrees = Schema.number.within(-bound...bound)
        return wish([.point], .required("azimuth", degrees), .required("elevation", degrees))
            .named("PointCommand")
    }

    private var plain: Schema { wish([.reboot, .stop, .park]).named("PlainCommand") }

    private func wish(_ kinds: [DeviceOrder.Kind], _ input: Schema.Member...) -> Schema {
        let object = Schema.object(input).closed
        return .object(
            .required("type", .choice(kinds.map(\.rawValue))),
            input.isEmpty ? .optional("input", object.orNull) : .required("input", object),
            .optional("connection", .text.orNull, "The id of the way; else the first that fits."),
            .optional(
                "expires_in", .number.within(limits.expiries).orNull,
                "Seconds that it may wait for a device that is away; else it tries once."))
    }

    private static let notBlank = #"[^\u0000]*[^\u0000\s][^\u0000]*"#
    private static let notOnlySpaces =
        #"[^\u0000-\u001F\u007F]*[^\u0000-\u0020\u007F][^\u0000-\u001F\u007F]*"#

    // MARK: What is read

    private static let command = Schema.object(
        .required("id", .uuid), .required("device", .uuid),
        .required("connection", .uuid.orNull, "Null when it is gone."),
        .required("type", .choice(DeviceOrder.Kind.allCases.map(\.displayName))),
        .required("input", .object().orNull, "Passwords are hidden."),
        .required("output", .text, "What has come so far; why, when it failed."),
        .required("status", .choice(Command.Status.self)),
        .required("created", .time), .required("modified", .time)
    ).named("Command")
}
