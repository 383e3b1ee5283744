import Drivers
import JSON
import Station

/// How users are described, and how they log in (002).
struct UserOperations {
    let limits: IdentityLimits
    let passwordLimits: PasswordLimits

    init(_ station: FieldStation) {
        limits = station.identity.limits
        passwordLimits = station.passwords.limits
    }

    var list: Operation {
        bySuperuser("List users").answers(200, "The users.", .list(of: Self.user))
    }

    var add: Operation {
        bySuperuser("Add user")
            .takes(
                .object(
                    .required(
                        "email",
                        .text.characters(3...limits.emailCharacters).matching(Identity.emailPattern)
                    ),
                    .optional(
                        "name",
                        .text.characters(0...limits.nameCharacters).matching(PlainText.pattern)
                            .orNull),
                    .optional("password", password.orNull, "Without one nobody logs in."),
                    .optional("superuser", .flag.orNull), .optional("staff", .flag.orNull),
                    .optional(
                        "permissions",
                        .list(of: permission).count(0...limits.permissions).orNull))
            )
            .answers(201, "The user.", Self.user)
            .refuses(409, "There is a user with this address already.")
    }

    var show: Operation { one(bySuperuser("Get user")).answers(200, "The user.", Self.user) }

    var me: Operation {
        let more: [Schema.Member] = [
            .required("organizations", .list(of: Self.organization)),
            .required("organization", .uuid.orNull, "The one that counts when none is named."),
        ]
        return Operation("Get caller", "Who calls, as far as the token goes.")
            .answers(200, "The caller.", .object(Self.members + more))
    }

    var setPassword: Operation {
        one(Operation("Set password", "One's own, or anybody's as a superuser."))
            .takes(.object(.required("password", password)))
            .answers(204, "It is set.")
    }

    var logIn: Operation {
        Operation("Log in", "Gives a token; the user's oldest one from a login may go.")
            .withoutToken
            .takes(
                .object(
                    .required("username", .text.matching(#"[\s\S]*\S[\s\S]*"#)),
                    .required("password", .text.characters(1...Int(Int32.max))),
                    .optional("totp_code", .text.orNull, "What the authenticator shows now."),
                    .optional("recovery_code", .text.orNull, "In the place of a code, once."))
            )
            .answers(200, "The token.", .object(.required("token", .text)))
            .refuses(400, "There is no such user, the password or the code is another.")
            .refuses(429, "Too many tries.")
    }

    // MARK: Parts

    private func bySuperuser(_ summary: String) -> Operation {
        Operation(summary).refuses(
            403, "Only a superuser may do this, with a token that is bound to nothing.")
    }

    private func one(_ operation: Operation) -> Operation {
        operation.path("id", .text, "The user's id or e-mail address.")
            .refuses(404, "There is no such user.")
    }

    private var password: Schema { .text.characters(passwordLimits.characters) }

    private var permission: Schema {
        .text.characters(1...limits.nameCharacters).matching(Identity.permissionPattern)
    }

    private static let members: [Schema.Member] = [
        .required("id", .uuid), .required("email", .text), .required("name", .text),
        .required("superuser", .flag), .required("staff", .flag),
        .required("permissions", .list(of: .text)), .required("created_at", .time),
    ]

    private static let user = Schema.object(members).named("User")

    private static let organization = Schema.object(
        .required("id", .uuid), .required("name", .text),
        .required("role", .choice(Role.self).orNull))
}
