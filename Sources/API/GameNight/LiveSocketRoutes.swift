import Station

/// 003: the socket that tells what happens on nights. Whoever wants to hear it says who they are in
/// a message, so anybody may open it.
struct LiveSocketRoutes: Sendable {
    let feed: LiveFeed

    var routes: [Route] {
        [
            Route(
                "GET", GameNightRoutes.path + "/live", { _ in .upgrade(LiveSocket(feed: feed)) },
                .socket("Live events", "After `auth` and `subscribe`, an event a message."))
        ]
    }
}
