import JSON

/// How recordings are described.
struct RecordingOperations {
    var begin: Operation {
        Operation("Begin recording", "With everything since the start that is still known.")
            .takes(.object(.required("name", name)))
            .answers(
                202, "It is begun.",
                .object(
                    .required("name", .text),
                    .required("file", .text, "Where it will be, in the data directory.")))
    }

    var end: Operation {
        Operation("End recording").path("name", name, "As it was begun.")
            .answers(204, "It is ended, if there was one.")
            .refuses(400, "This is no name.")
    }

    private var name: Schema {
        .text.characters(RecordingRoutes.nameCharacters).matching("[A-Za-z0-9_-]*")
    }
}
