import Engine
import Station

/// What the token that a socket was opened with is good for, asked anew each time.
struct SocketRights: Sendable {
    private let station: FieldStation
    private let token: SecretHash?
    private let permits: @Sendable (User) -> Bool

    /// - Parameter permits: whether a user's permissions are enough.
    init(
        station: FieldStation, request: APIRequest, permits: @escaping @Sendable (User) -> Bool
    ) {
        self.station = station
        token = request.presentedToken.map { SecretHash(of: $0) }
        self.permits = permits
    }

    /// The organisations that the caller manages with the permissions; nil without any right.
    var scope: OrganizationScope? {
        guard let token else { return nil }
        return station.identity.enter { identity in
            identity.caller(forToken: token).flatMap {
                identity.managed(by: $0, where: permits)
            }
        }
    }
}

/// The form of the ids that the station gives (RFC 9562 §4), small letters only.
enum UniqueID {
    static func isOne(_ text: String) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.utf8.allSatisfy(isDigit) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
