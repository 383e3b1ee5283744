import Drivers
import JSON
import Station

/// How coming in and going out are described.
struct WorkspaceLoginOperations {
    private let password: Schema
    private let email: Schema
    private let name: Schema

    init(_ station: FieldStation) {
        password = .text.characters(station.passwords.limits.characters)
        email = .text.characters(3...station.identity.limits.emailCharacters)
        name =
            .text.characters(0...station.identity.limits.nameCharacters)
            .matching(PlainText.pattern).orNull
    }

    var register: Operation {
        Operation("Register", "Makes a user, where the station is open for that.").withoutToken
            .takes(
                .object(
                    .required("email", email), .required("password", password),
                    .optional("name", name)
                ).named("Registration")
            )
            .answers(200, "The user is in.", .workspaceLogin)
            .refuses(400, "Email already registered").refuses(403, "Registration is closed")
            .refuses(429)
    }

    var logIn: Operation {
        Operation("Log in").withoutToken
            .takes(
                .object(
                    .required("email", .text), .required("password", .text),
                    .optional("totp_code", .text.orNull, "For a user with a second factor."),
                    .optional("recovery_code", .text.orNull, "In its place, once.")
                ).named("Credentials")
            )
            .answers(200, "The user is in.", .workspaceLogin)
            .refuses(401, "Invalid credentials").refuses(429)
    }

    var logOut: Operation {
        Operation("Log out", "Ends the login and all sessions of its user.").withoutToken
            .answers(
                200, "Nobody is in any more.", .message(.required("sessions_terminated", .integer)))
    }

    var me: Operation {
        Operation("Get current user").answers(200, "The caller.", .workspaceUser)
    }
}
