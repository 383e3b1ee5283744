/// How second factors are described.
struct SecondFactorOperations {
    let spelling: SecondFactorSpelling

    var show: Operation {
        Operation("Get second factor", "Whether logging in takes a code besides the password.")
            .answers(200, "What the caller has.", factor)
    }

    var enrol: Operation {
        proven("Enrol second factor", "One that is not confirmed is replaced.")
            .answers(
                201, "What an authenticator needs; told this once.",
                .object(
                    .required("secret", .text, "In base32."),
                    .required(spelling.otpauthURL, .text),
                    .required(spelling.qrSVG, .text.orNull, "The URL."),
                    .required(spelling.recoveryCodes, .list(of: .text), "Each is good for once."))
            )
            .refuses(409, "The user has no password; or there is one, and this takes a code.")
    }

    var confirm: Operation {
        Operation("Confirm second factor", "From then on logging in takes a code.")
            .takes(.object(.required("code", .text, "What the authenticator shows now.")))
            .answers(200, "What the caller has.", factor)
            .refuses(400, "The code is wrong.")
            .refuses(409, "There is nothing to confirm.")
            .refuses(429, Self.tooMany)
    }

    var remove: Operation {
        proven("Remove second factor", "Tokens stay what they are.")
            .answers(204, "It is gone.")
            .refuses(409, "There is none; or this takes a code.")
    }

    var reset: Operation {
        Operation("Reset second factor", "For a user who has lost it; ends the user's logins.")
            .path("id", .text, "The user's id or e-mail address.")
            .answers(204, "It is gone.")
            .refuses(403, "Only a superuser may do this, with a token that is bound to nothing.")
            .refuses(404, "There is no such user.")
            .refuses(409, "The user has none.")
    }

    // MARK: Parts

    /// What takes a proof of the factor that is there.
    private func proven(_ summary: String, _ text: String) -> Operation {
        Operation(summary, text)
            .takes(
                .object(
                    .optional("code", .text.orNull, "What the authenticator shows now."),
                    .optional(spelling.recoveryCode, .text.orNull, "In its place."))
            )
            .refuses(400, "The code is wrong.")
            .refuses(429, Self.tooMany)
    }

    private static let tooMany = "Too many wrong codes; recovery codes are still heard."

    private var factor: Schema {
        Schema.object(
            .required("state", .choice(["none", "unconfirmed", "confirmed"])),
            .required(spelling.recoveryCodesLeft, .integer),
            .optional(spelling.createdAt, .time)
        ).named("SecondFactor")
    }
}
