import JSON
import Station

/// How nights are described.
struct GameNightOperations {
    let limits: GameNightLimits

    var list: Operation {
        Operation("List sessions", "Newest first.").withoutToken
            .answers(200, "The sessions.", .list(of: .gameNight))
    }

    var active: Operation {
        Operation("Get active session").withoutToken
            .answers(
                200, "The session, or that there is none.",
                .oneOf(
                    .gameNight,
                    .object(
                        .required("session", .anything.orNull), .required("message", .text)
                    ).closed))
    }

    var show: Operation {
        Operation("Get session").ofNight.withoutToken.answers(200, "The session.", .gameNight)
    }

    var begin: Operation {
        Operation("Create session", "One is active at a time.").takes(notes)
            .answers(201, "The session.", .newGameNight)
            .refuses(400, "An active session already exists.")
    }

    var close: Operation {
        Operation("Close session", "What is played is played then.").ofNight.takes(notes)
            .answers(200, "The session.", .gameNight)
            .refuses(400, "Session is already closed")
    }

    var delete: Operation {
        Operation("Delete session", "With its games, votes and chats.").ofNight
            .answers(200, "It is gone.", .message(.required("sessionId", .integer)))
            .refuses(400, "The session is active.")
    }

    var export: Operation {
        Operation("Export session").ofNight
            .query(
                "format",
                .choice(["json", "txt"]).byDefault(.string("txt")), "For programs, or for people."
            )
            .answers(
                200, "A file.",
                content: [("application/json", .anything), ("text/plain", .text)]
            )
            .refuses(400, "There is no such format.")
    }

    var logIn: Operation {
        Operation("Log in", "With the key that hosts share.").withoutToken
            .takes(.object(.required("key", .text)).named("HostKey"))
            .answers(
                200, "A JSON Web Token for 24 hours.",
                .message(.required("token", .text), .required("expiresIn", .text))
            )
            .refuses(401, "The key is wrong.").refuses(429, "Too many tries.")
    }

    private var notes: Schema {
        .object(.optional("notes", .text.characters(0...limits.noteCharacters).orNull))
            .named("Notes")
    }
}
