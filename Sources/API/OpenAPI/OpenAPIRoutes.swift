/// The documents of the APIs. They hold no secret, so nobody is asked for a token.
struct OpenAPIRoutes: Sendable {
    /// Those of all APIs.
    let described: [Route]

    var routes: [Route] {
        PublishedAPI.allCases.flatMap { api in
            api.documentPaths.map { path in
                Route("GET", path) { _ in
                    .object(OpenAPIDocument.json(api, routes: described))
                }
            }
        }
    }
}
