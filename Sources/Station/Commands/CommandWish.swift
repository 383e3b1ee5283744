package import Drivers
package import JSON

/// What somebody wants a device to do.
package struct CommandWish: Sendable {
    package var kind: DeviceOrder.Kind
    package var input: JSONValue?
    /// Which way it is to go; nil for the first that takes such commands.
    package var connection: String?
    /// How long to wait for a device that cannot be reached; nil tries once.
    package var expiry: Duration?
    /// Names the request: the same again is the same command.
    package var key: String?

    package init(_ kind: DeviceOrder.Kind, input: JSONValue? = nil) {
        self.kind = kind
        self.input = input
    }
}

/// A request by whom it came from, for which device, and its key.
struct CommandRequest: Hashable {
    let device: String
    let user: String
    let key: String
}

extension CommandWish {
    /// Tells two wishes apart without keeping a password that may be in one.
    var fingerprint: SecretHash {
        let parts: [JSONValue] = [
            .string(kind.rawValue), input ?? .null, connection.map { .string($0) } ?? .null,
            expiry.map { .integer(Int64(clamping: $0.components.seconds)) } ?? .null,
        ]
        return SecretHash(of: JSONValue.array(parts).text)
    }
}
