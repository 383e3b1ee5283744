import Transport

/// Finds the route of a request. A trailing slash is significant.
struct Router: Sendable {
    /// Routes without parameters, by their path.
    private var exact: [String: [Route]] = [:]
    /// The others, by their number of segments.
    private var patterns: [Int: [(segments: [Substring], route: Route)]] = [:]

    init(_ routes: [Route]) {
        for route in routes {
            if route.path.contains("{") {
                let segments = route.segments
                patterns[segments.count, default: []].append((segments, route))
            } else {
                exact[route.path, default: []].append(route)
            }
        }
    }

    /// What is at a request's path.
    enum Match: Sendable {
        case route(Route, parameters: [String: String])
        /// There are routes for these methods only.
        case otherMethods([String])
        case nothing

        /// The answer of the route, or why there is none.
        func answer(_ request: HTTPRequest) throws(APIError) -> Reply {
            switch self {
            case .route(let route, let parameters):
                return try route.answer(APIRequest(http: request, parameters: parameters))
            case .otherMethods(let methods):
                throw APIError(405, "\(request.method) is not possible here")
                    .with(header: "Allow", Router.allowed(methods))
            case .nothing: throw APIError(404, "there is nothing at \(request.path)")
            }
        }
    }

    /// Finds the route of a request, `HEAD` like `GET`.
    func match(_ request: HTTPRequest) -> Match {
        let matches = matches(request.path)
        let method = request.method == "HEAD" ? "GET" : request.method
        guard let (route, parameters) = matches.first(where: { $0.route.method == method }) else {
            return matches.isEmpty ? .nothing : .otherMethods(matches.map(\.route.method))
        }
        return .route(route, parameters: parameters)
    }

    /// The methods of a path, for `Allow`; nil when there is no such path.
    func allowed(at path: String) -> String? {
        let methods = matches(path).map(\.route.method)
        return methods.isEmpty ? nil : Self.allowed(methods)
    }

    private static func allowed(_ methods: [String]) -> String {
        let all = methods.contains("GET") ? methods + ["HEAD"] : methods
        return Set(all).sorted().joined(separator: ", ")
    }

    private func matches(_ path: String) -> [(route: Route, parameters: [String: String])] {
        if let routes = exact[path] { return routes.map { ($0, [:]) } }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        return (patterns[segments.count] ?? []).compactMap { candidate in
            var parameters: [String: String] = [:]
            for (pattern, segment) in zip(candidate.segments, segments) {
                if pattern.first == "{" {
                    guard !segment.isEmpty else { return nil }
                    parameters[String(pattern.dropFirst().dropLast())] =
                        PercentEncoding.decode(segment)
                } else if pattern != segment {
                    return nil
                }
            }
            return (candidate.route, parameters)
        }
    }
}
