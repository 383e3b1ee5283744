import JSON
import Station

/// How our own endpoints for organisations and tokens are described.
struct IdentityOperations {
    let limits: IdentityLimits

    // MARK: Organisations

    var organizations: Operation {
        bySuperuser("List organizations")
            .answers(200, "The organisations.", .list(of: Self.organization))
    }

    var addOrganization: Operation {
        bySuperuser("Add organization")
            .takes(.object(.required("name", name(1))))
            .answers(201, "The organisation.", Self.organization)
            .refuses(409, "There is an organisation of this name already.")
    }

    var members: Operation {
        ofOrganization("List members")
            .answers(200, "Its members.", .list(of: Self.membership))
    }

    var setMember: Operation {
        ofMember("Set member")
            .takes(.object(.required("role", .choice(Role.self))))
            .answers(200, "What the user is there.", Self.membership)
    }

    var removeMember: Operation {
        ofMember("Remove member").answers(204, "The user is no member any more.")
    }

    private func ofOrganization(_ summary: String) -> Operation {
        bySuperuser(summary).path("id", .text, "The organisation's id or name.")
            .refuses(404, "There is no such organisation or user.")
    }

    private func ofMember(_ summary: String) -> Operation {
        ofOrganization(summary).path("user", .text, "The user's id or e-mail address.")
    }

    // MARK: Tokens

    var tokens: Operation {
        bySuperuser("List tokens")
            .answers(200, "The tokens, without their secrets.", .list(of: Self.token))
    }

    var addToken: Operation {
        bySuperuser("Add token")
            .takes(
                .object(
                    .required("user", .text, "The user's id or e-mail address."),
                    .optional(
                        "organization", .text.orNull,
                        "The id or name of the only one that it is good for; else of all."),
                    .optional("name", name(0).orNull, "What the token is for."))
            )
            .answers(
                201, "The token.",
                .object(
                    Self.tokenMembers + [.required("token", .text, "The secret; told this once.")])
            )
            .refuses(404, "There is no such user or organisation.")
    }

    var removeToken: Operation {
        bySuperuser("Remove token", "It stops working at once, for open sockets too.")
            .path("id", .uuid, "The token's id, not the token.")
            .answers(204, "It is gone.")
            .refuses(404, "There is no such token.")
    }

    // MARK: Parts

    private func bySuperuser(_ summary: String, _ text: String = "") -> Operation {
        Operation(summary, text).refuses(
            403, "Only a superuser may do this, with a token that is bound to nothing.")
    }

    private func name(_ least: Int) -> Schema {
        .text.characters(least...limits.nameCharacters).matching(PlainText.pattern)
    }

    private static let organization = Schema.object(
        .required("id", .uuid), .required("name", .text), .required("created_at", .time)
    ).named("Organization")

    private static let membership = Schema.object(
        .required("organization", .uuid), .required("user", .uuid),
        .required("role", .choice(Role.self)), .required("created_at", .time)
    ).named("Membership")

    private static let token = Schema.object(tokenMembers).named("Token")

    private static let tokenMembers: [Schema.Member] = [
        .required("id", .uuid), .required("user", .uuid),
        .required("organization", .uuid.orNull, "The only one that it is good for."),
        .required("name", .text), .required("created_at", .time),
    ]
}
