import JSON

/// The way to a rotor behind Hamlib's rotctld.
package struct RotctldParameters: Sendable, Equatable {
    package let host: String
    package let port: UInt16
    package let timeout: Duration

    init(_ fields: ParameterFields) throws(ConnectionParametersError) {
        host = try fields.host(default: "127.0.0.1")
        port = try fields.port(default: 4533)
        timeout = try fields.timeout()
    }

    var json: JSONObject {
        [
            "host": .string(host), "port": .integer(Int64(port)),
            "timeout": ParameterFields.json(seconds: timeout),
        ]
    }
}
