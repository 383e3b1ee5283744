import JSON

/// Whether the daemon is alive. Says nothing about devices: a missing rotor is no reason to
/// restart.
enum HealthRoutes {
    static let routes = ["/health", "/api/health"].map { path in
        Route("GET", path) { _ in
            .object(["status": .string("ok"), "service": .string("boresight")])
        }
    }
}
