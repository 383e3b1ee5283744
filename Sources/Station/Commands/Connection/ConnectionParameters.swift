package import Drivers
package import JSON

/// A way to a device: which driver, and with what.
package enum ConnectionParameters: Sendable, Equatable {
    case simulated(SimulatedParameters)
    case rotctld(RotctldParameters)
    case ssh(SSHParameters)

    package enum Driver: String, Sendable, CaseIterable {
        case simulated
        case rotctld
        case ssh
    }

    package var driver: Driver {
        switch self {
        case .simulated: .simulated
        case .rotctld: .rotctld
        case .ssh: .ssh
        }
    }

    /// How long a command may run.
    package var timeout: Duration {
        switch self {
        case .simulated(let parameters): parameters.timeout
        case .rotctld(let parameters): parameters.timeout
        case .ssh(let parameters): parameters.timeout
        }
    }

    /// Which kinds of orders go this way.
    package func takes(_ kind: DeviceOrder.Kind) -> Bool {
        switch (self, kind) {
        case (.simulated, _), (_, .custom), (_, .reboot): true
        case (.rotctld, .point), (.rotctld, .stop), (.rotctld, .park): true
        case (.ssh, .changePassword): true
        case (.rotctld, .changePassword), (.ssh, .point), (.ssh, .stop), (.ssh, .park): false
        }
    }
}

/// Parameters are wrong: which one, and what would be right.
package struct ConnectionParametersError: Error, Equatable {
    package let message: String
}

// MARK: - JSON

extension ConnectionParameters {
    /// Shown in place of a secret; where it is written, the secret stays as it is.
    package static let hidden = "********"
    private static let secretKeys: Set<String> = ["password", "key", "passphrase"]

    /// - Parameter old: where a secret stays that is written as `hidden`.
    package init(
        _ driver: Driver, _ json: JSONObject, old: ConnectionParameters? = nil,
        limits: CommandLimits = CommandLimits()
    ) throws(ConnectionParametersError) {
        var json = json
        for key in Self.secretKeys.sorted() where json[key] == .string(Self.hidden) {
            guard let old, old.driver == driver, let secret = old.json[key] else {
                throw ConnectionParametersError(
                    message: "\"\(key)\" is hidden and there is none to keep")
            }
            json[key] = secret
        }
        let fields = ParameterFields(json, limits)
        switch driver {
        case .simulated: self = .simulated(try SimulatedParameters(fields))
        case .rotctld: self = .rotctld(try RotctldParameters(fields))
        case .ssh: self = .ssh(try SSHParameters(fields))
        }
    }

    /// Everything, secrets in clear.
    private var json: JSONObject {
        switch self {
        case .simulated(let parameters): parameters.json
        case .rotctld(let parameters): parameters.json
        case .ssh(let parameters): parameters.json
        }
    }

    /// For everybody's eyes.
    package var shown: JSONObject {
        var json = json
        for key in Self.secretKeys.sorted() where json[key] != nil {
            json[key] = .string(Self.hidden)
        }
        return json
    }

    /// The two halves for the store, which a recording has to tell apart.
    var stored: (open: JSONObject, secrets: JSONObject) {
        func half(_ isSecret: Bool) -> JSONObject {
            JSONObject(json.members.filter { Self.secretKeys.contains($0.key) == isSecret })
        }
        return (half(false), half(true))
    }

    init(_ driver: Driver, open: JSONObject, secrets: JSONObject)
        throws(ConnectionParametersError)
    {
        try self.init(driver, JSONObject(open.members + secrets.members))
    }
}
