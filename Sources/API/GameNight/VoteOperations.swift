import JSON
import Station

/// How votes are described.
struct VoteOperations {
    let limits: GameNightLimits

    var totals: Operation {
        Operation("List votes of session", "Live votes by game, the best first.")
            .ofNight.withoutToken
            .answers(
                200, "The votes.",
                .object(
                    .required("session_id", .integer),
                    .required(
                        "votes",
                        .list(
                            of: .object(
                                .required("game_id", .integer), .required("title", .text.orNull),
                                .required("pack_name", .text.orNull),
                                .required("upvotes", .integer), .required("downvotes", .integer),
                                .required("net_score", .integer),
                                .required("total_votes", .integer))))))
    }

    var list: Operation {
        Operation("List live votes", "Newest first.").withoutToken
            .query("session_id", .integer.within(VoteRoutes.numbers))
            .query("game_id", .integer.within(VoteRoutes.numbers))
            .query("username", .text).query("vote_type", .choice(["up", "down"]))
            .query("page", .integer.within(VoteRoutes.pages).byDefault(.integer(1)))
            .query(
                "limit",
                .integer.within(VoteRoutes.pageSizes)
                    .byDefault(.integer(Int64(VoteRoutes.pageSize)))
            )
            .answers(
                200, "A page of votes.",
                .object(
                    .required("votes", .list(of: listed)),
                    .required(
                        "pagination",
                        .object(
                            .required("page", .integer), .required("limit", .integer),
                            .required("total", .integer), .required("total_pages", .integer))))
            )
            .refuses(400, "A query parameter is out of its bounds.")
    }

    var vote: Operation {
        Operation("Vote", "For the game of the active session that was played then.")
            .takes(
                .object(
                    .required("username", .text.characters(1...limits.userNameCharacters)),
                    .required("vote", .choice(["up", "down"])), .required("timestamp", .time)
                ).named("Vote")
            )
            .answers(
                200, "It counts.",
                .message(
                    .required("success", .flag), .required("session", .anything),
                    .required("game", .anything), .required("vote", .anything))
            )
            .refuses(404, "No session is active, or no game was played then.")
            .refuses(409, "The same user voted within a second.")
    }

    var importChat: Operation {
        Operation("Import chat", "Messages that are known already change nothing.").ofNight
            .takes(
                .object(
                    .required(
                        "chatData",
                        .list(
                            of: .object(
                                .required("username", .text), .required("message", .text),
                                .required("timestamp", .time))))
                ).named("Chat")
            )
            .answers(
                200, "What came of it.",
                .message(
                    .required("messagesImported", .integer),
                    .required("duplicatesSkipped", .integer),
                    .required("votesProcessed", .integer),
                    .required("votesByGame", .map(of: .anything)), .required("debug", .anything))
            )
            .refuses(400, "The session has no games.")
    }

    private var listed: Schema {
        .object(
            .required("id", .integer), .required("session_id", .integer),
            .required("game_id", .integer), .required("game_title", .text.orNull),
            .required("pack_name", .text.orNull), .required("username", .text),
            .required("vote_type", .choice(["up", "down"])), .required("timestamp", .time),
            .required("created_at", .time))
    }
}
