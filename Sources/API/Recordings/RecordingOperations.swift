import JSON
import Recording

/// How recordings are described.
struct RecordingOperations {
    var begin: Operation {
        Operation("Begin recording", "With everything since the start that is still known.")
            .takes(.object(.required("name", name)))
            .answers(
                202, "It is begun.",
                .object(
                    .required("name", .text),
                    .required(
                        "file", .text,
                        "Where it will be, in the data directory; with a number behind its name "
                            + "where there is one already.")))
    }

    var end: Operation {
        Operation("End recording", "What it holds stays.")
            .path("name", .text, "As it was begun, or as it is listed.")
            .answers(204, "It is ended, if it was being written.")
    }

    var list: Operation {
        Operation("List recordings", "Those that were begun while the station ran.")
            .answers(
                200, "In the order of their names.",
                .object(.required("recordings", .list(of: recording))))
    }

    var scene: Operation {
        Operation(
            "Get recording scene", "What a page needs to show a recording, or a part of it."
        )
        .path("name", .text, "As it is listed.")
        .query(
            "stream", .text.characters(SceneWish.streamCharacters),
            "Only these conversations, such as `ws/*`; may be there several times."
        )
        .query(
            "kind", .choice(RecordedEntry.Kind.self),
            "Only these entries; may be there several times."
        )
        .query("from", .number.within(SceneWish.seconds), "Seconds since the start.")
        .query("until", .number.within(SceneWish.seconds), "The first moment left out.")
        .query(
            "entries",
            .integer.within(SceneWish.entries).byDefault(
                .integer(Int64(SceneWish.entries.upperBound))),
            "How many at most; `left_out_from` says where the next ones begin."
        )
        .answers(200, "The data of the page that `boresight trace --html` writes.", .object())
        .refuses(400, "The part cannot be understood.")
        .refuses(404, "There is no such recording.")
        .refuses(422, "It is too large to be looked at here, or damaged.")
        .refuses(500, "The file cannot be read.")
    }

    private var recording: Schema {
        .object(
            .required("name", .text), .required("bytes", .integer, "Of all its parts."),
            .required("isRunning", .flag, "Whether it is being written."),
            .optional("started", .time), .optional("program", .text, "The version."),
            .optional("pace", .choice(["live", "virtual"])),
            .optional("fromStart", .flag, "Whether it can be replayed."),
            .optional("problem", .text, "Why it cannot be read."))
    }

    private var name: Schema {
        .text.characters(RecordingRoutes.nameCharacters).matching("[A-Za-z0-9_-]*")
    }
}
