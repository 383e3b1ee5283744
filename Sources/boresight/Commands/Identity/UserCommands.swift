import JSON

/// `boresight user`: who may act.
enum UserCommands {
    private static let email = Argument<String>("EMAIL", "the user's e-mail address")
    private static let name = Option<String>("name", "what people call the user")
    private static let superuser = Flag("superuser", "may do everything")
    private static let staff = Flag("staff", "may be given rights over devices and locations")
    private static let permission = Option<String>(
        "permission", repeatable: true, "a right, such as rotor.operate")

    static let command = Command(
        "user", "List and add users, and set their passwords",
        discussion: """
            A user acts with tokens: see 'boresight token create'. Who has a password gets
            tokens by logging in. Superusers only, but for one's own password.
            """,
        verbs: [
            Command("list", "List the users", options: ServerAPI.options, run: list),
            Command(
                "add", "Add a user", arguments: [email.declaration],
                options: [
                    name.declaration, superuser.declaration, staff.declaration,
                    permission.declaration, PasswordFile.option.declaration,
                ] + ServerAPI.options, run: add),
            Command(
                "password", "Set a user's password, which ends what the old one let in",
                arguments: [email.declaration],
                options: [PasswordFile.option.declaration] + ServerAPI.options, run: setPassword),
            Command(
                "reset-mfa", "Take the second factor from a user who has lost it",
                arguments: [email.declaration], options: ServerAPI.options, run: resetMfa),
        ])

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let table = ListTable(columns: [
            ("email", "email"), ("name", "name"), ("superuser", "superuser"), ("staff", "staff"),
            ("permissions", "permissions"), ("id", "id"),
        ])
        context.print(table.text(try api.call(.get, "/v1/users"), as: invocation.outputFormat))
        return .success
    }

    private static func add(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var user = JSONObject()
        user["email"] = .string(try invocation.required(email))
        if let name = invocation[name] { user["name"] = .string(name) }
        user["superuser"] = .bool(invocation[superuser])
        user["staff"] = .bool(invocation[staff])
        user["permissions"] = .array(invocation.all(permission).map(JSONValue.string))
        if let password = try PasswordFile.read(invocation, context) {
            user["password"] = .string(password)
        }
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.post, "/v1/users", .object(user))
        context.print(
            reply.text(as: invocation.outputFormat) { user in
                "user \(Words.text(user["email"])) is \(Words.text(user["id"]))\n"
            })
        return .success
    }

    private static func setPassword(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let user = try invocation.required(email)
        guard let password = try PasswordFile.read(invocation, context) else {
            throw invocation.usageFailure("--password-file is missing")
        }
        let path = "/v1/users/\(PathSegment.encoded(user))/password"
        let reply = try ServerAPI.connect(invocation, context).call(
            .put, path, ["password": .string(password)])
        context.print(
            reply.text(as: invocation.outputFormat) { _ in "\(user) has a new password\n" })
        return .success
    }

    private static func resetMfa(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let user = try invocation.required(email)
        let path = "/v1/users/\(PathSegment.encoded(user))/second-factor"
        let reply = try ServerAPI.connect(invocation, context).call(.delete, path)
        context.print(
            reply.text(as: invocation.outputFormat) { _ in
                "\(user) has no second factor any more, and is logged out\n"
            })
        return .success
    }
}
