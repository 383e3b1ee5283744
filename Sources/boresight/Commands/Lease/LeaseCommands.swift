import JSON

/// `boresight lease`: the noun and its shorter verbs.
enum LeaseCommands {
    private static let device = Option<String>(
        "device", placeholder: "DEVICE", "only those of this device")
    private static let active = Flag("active", "only those that are held")
    private static let limit = Option<Count>("limit", "only so many, the newest")

    private static let user = Argument<String>("USER", "the next holder's id or e-mail address")

    static let command = Command(
        "lease", "Take devices for yourself, and see who has them",
        discussion: """
            A lease is the exclusive use of a device. Every member of an organisation sees
            its leases and may take one, but for readonly members. 'lease hold' takes a
            device for as long as a command runs.
            """,
        verbs: [
            Command(
                "list", "List the leases, the newest first",
                options: [
                    device.declaration, active.declaration, limit.declaration,
                    Organizations.option.declaration,
                ] + ServerAPI.options,
                run: list),
            Command(
                "show", "Show a lease", arguments: [LeaseName.argument.declaration],
                options: [Organizations.option.declaration] + ServerAPI.options, run: show),
            Command(
                "take", "Take a device until the lease is released or ends by itself",
                arguments: [LeaseWish.device.declaration],
                options: LeaseWish.options + ServerAPI.options, run: take),
            LeaseHold.command,
            Command(
                "release", "Give a device back",
                discussion: "Its holder, a manager or a superuser may.",
                arguments: [LeaseName.argument.declaration],
                options: [Organizations.option.declaration] + ServerAPI.options, run: release),
            Command(
                "hand-over", "Give a device to another member, without a gap",
                discussion: """
                    Its holder, a manager or a superuser may. What the device's rotors do goes
                    on; the lease ends by itself when it would have.
                    """,
                arguments: [LeaseName.argument.declaration, user.declaration],
                options: [Organizations.option.declaration] + ServerAPI.options, run: handOver),
        ])

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        var conditions = invocation[active] ? ["active=true"] : []
        var organizations: [Organizations.Organization]
        if let name = invocation[device] {
            let found = try DeviceName.find(name, invocation, api)
            conditions.append("device=" + found.device.id)
            organizations = [found.organization]
        } else {
            organizations = try Organizations(invocation, api).wanted
        }
        let most = invocation[limit]?.value
        var leases: [JSONObject] = []
        for organization in organizations {
            leases += try api.acting(on: organization.id).leases(conditions, atMost: most)
        }
        // Times of one form sort as texts.
        leases.sort { $0["createdAt"]?.stringValue ?? "" > $1["createdAt"]?.stringValue ?? "" }
        let shown = Array(leases.prefix(most ?? .max))
        switch invocation.outputFormat {
        case .json: context.print(JSONValue.array(shown.map(JSONValue.object)).text + "\n")
        case .table: context.print(try LeaseText(api).list(shown))
        }
        return .success
    }

    private static func show(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let found = try LeaseName.find(invocation, api)
        switch invocation.outputFormat {
        case .json: context.print(JSONValue.object(found.lease).text + "\n")
        case .table: context.print(try LeaseText(api).description(found.lease))
        }
        return .success
    }

    private static func take(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let wish = try LeaseWish(invocation, try ServerAPI.connect(invocation, context))
        let lease = try wish.take(context) { patience in
            context.pause(patience)
            return true
        }
        guard let lease else { return .failure }
        context.print(
            lease.text(as: invocation.outputFormat) { lease in
                "\(LeaseText.device(lease)) is yours, lease \(Words.text(lease["id"]))\n"
            })
        return .success
    }

    private static func release(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let found = try LeaseName.find(invocation, try ServerAPI.connect(invocation, context))
        let reply = try found.api.call(.post, found.path + "/release")
        context.print(
            reply.text(as: invocation.outputFormat) { lease in
                "\(LeaseText.device(lease)): \(Words.text(lease["endReason"]))\n"
            })
        return .success
    }

    private static func handOver(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let user = try invocation.required(user)
        let found = try LeaseName.find(invocation, try ServerAPI.connect(invocation, context))
        let reply = try found.api.call(
            .post, found.path + "/hand-over", ["user": .string(user)])
        context.print(
            reply.text(as: invocation.outputFormat) { lease in
                "\(LeaseText.device(lease)): handed over to \(Words.printable(user)), "
                    + "lease \(Words.text(lease["id"]))\n"
            })
        return .success
    }
}
