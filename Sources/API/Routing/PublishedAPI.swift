/// One of the APIs that the station serves, by the path: every answer below it, the framework's
/// own 404 too, belongs to that API.
enum PublishedAPI: String, Sendable, CaseIterable {
    /// 000: pairing, the relay, rotors; and whatever belongs to no other.
    case pairing
    /// 001: leases of devices.
    case leases
    /// 002: devices, their commands, locations.
    case controller
    /// 003: game nights.
    case gameNight = "game-night"
    /// 004: workspaces.
    case workspaces
    /// Our own endpoints.
    case own = "boresight"

    /// The API of a path in the whole tree.
    init(path: String) {
        self = Self.api(of: path)
    }

    private static func api(of path: String) -> PublishedAPI {
        func begins(_ prefixes: String...) -> Bool {
            prefixes.contains { path.hasPrefix($0) }
        }
        func isBelow(_ prefix: String) -> Bool {
            path == prefix || path.hasPrefix(prefix + "/")
        }
        if isBelow("/game-night") { return .gameNight }
        if isBelow("/workspaces") { return .workspaces }
        if begins("/api/v1/sessions", "/api/v1/devices") { return .leases }
        if begins("/api/v1/controller", "/api/v1/users", "/ws/controller", "/ws/loci") {
            return .controller
        }
        return isBelow("/v1") ? .own : .pairing
    }

    var dialect: Dialect {
        switch self {
        case .pairing, .controller, .workspaces: .detail
        case .leases: .codeAndMessage
        case .gameNight: .error
        case .own: .problem
        }
    }
}
