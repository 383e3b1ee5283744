import JSON
import Station

/// How 002 describes connections.
struct ConnectionOperations {
    let limits: CommandLimits

    var list: Operation {
        Operation("List connections", "Newest first.").ofDevice
            .paged(Self.connection, "The connections.")
    }

    var add: Operation {
        Operation("Add connection").ofDevice.takes(new)
            .answers(201, "The connection.", Self.connection)
            .refuses(409, "The device has too many connections.")
    }

    var show: Operation {
        one("Get connection").answers(200, "The connection.", Self.connection)
    }

    var replace: Operation {
        one("Replace connection").takes(new).answers(200, "The connection.", Self.connection)
    }

    var change: Operation {
        one("Change connection", "What is not named stays.")
            .takes(
                .object(
                    .optional("driver", .choice(ConnectionParameters.Driver.self)),
                    .optional("parameters", .object(), "Of the driver, all of them."))
            )
            .answers(200, "The connection.", Self.connection)
    }

    var delete: Operation { one("Delete connection").answers(204, "It is gone.") }

    private func one(_ summary: String, _ text: String = "") -> Operation {
        Operation(summary, text).ofDevice.path("cid", .uuid, "The connection.")
            .refuses(404, "There is no such connection.")
    }

    // MARK: Schemas

    private static let connection = Schema.object(
        .required("id", .uuid), .required("device", .uuid),
        .required("driver", .choice(ConnectionParameters.Driver.self)),
        .required(
            "parameters", .object(),
            "Secrets are shown as `\(ConnectionParameters.hidden)`, and kept when they are"
                + " written so."),
        .required("created", .time), .required("modified", .time)
    ).named("Connection")

    private var new: Schema { .oneOf(simulated, rotctld, ssh) }

    private var simulated: Schema {
        by(
            .simulated,
            .optional(
                "unreachable_seconds", .number.within(BodyFields.seconds).orNull,
                "How long it is away at first."),
            .optional("script", .object().orNull, "Steps for each type of command."))
    }

    private var rotctld: Schema { by(.rotctld, .optional("host", host.orNull), port) }

    /// One of password and key, which oneOf could say only with all the rest twice.
    private var ssh: Schema {
        by(
            .ssh, .required("host", host.characters(1...limits.hostBytes)), port,
            .required("username", text.characters(1...limits.parameterBytes)),
            .optional("password", text.orNull, "This or a key."), .optional("key", text.orNull),
            .optional("passphrase", text.orNull, "Of the key."),
            .optional("host_key", text.orNull, "As `ssh-keygen -l` shows it: `SHA256:…`."),
            .optional("reboot_command", text.orNull), .optional("passwd_command", text.orNull))
    }

    private func by(_ driver: ConnectionParameters.Driver, _ own: Schema.Member...) -> Schema {
        let timeout = Schema.Member.optional(
            "timeout", .number.within(limits.timeouts).orNull,
            "Seconds that a command may take.")
        let name =
            driver == .ssh
            ? "SSH"
            : driver.rawValue.prefix(1).uppercased()
                + driver.rawValue.dropFirst()
        return .object(
            .required("driver", .choice([driver.rawValue])),
            .required("parameters", .object(own + [timeout]))
        ).named("\(name)Connection")
    }

    private var text: Schema {
        .text.characters(0...limits.parameterBytes).matching(#"[^\u0000]*"#)
    }

    private var host: Schema { .text.characters(0...limits.hostBytes).matching("[!-~]*") }

    private var port: Schema.Member {
        .optional("port", .integer.within(1...Int(UInt16.max)).orNull)
    }
}
