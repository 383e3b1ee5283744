import JSON

/// The way to a device with an SSH server.
package struct SSHParameters: Sendable, Equatable {
    /// How the user proves who they are.
    package enum Proof: Sendable, Equatable {
        case password(String)
        /// The text of a private key's file.
        case key(String, passphrase: String?)
    }

    package let host: String
    package let port: UInt16
    package let username: String
    package let proof: Proof
    /// `SHA256:…`, as `ssh-keygen -l` shows it; nil until the operator has told it.
    package let hostKey: String?
    package let rebootCommand: String
    /// Reads the new password from its standard input, twice, each on a line.
    package let passwdCommand: String
    package let timeout: Duration

    init(_ fields: ParameterFields) throws(ConnectionParametersError) {
        host = try fields.host()
        port = try fields.port(default: 22)
        username = try fields.text("username")
        hostKey = try fields.optionalText("host_key")
        let key = try fields.optionalText("key")
        let passphrase = try fields.optionalText("passphrase")
        switch (try fields.optionalText("password"), key) {
        case (let password?, nil): proof = .password(password)
        case (nil, let key?): proof = .key(key, passphrase: passphrase)
        default:
            throw ConnectionParametersError(
                message: "one of \"password\" and \"key\" is required, not both")
        }
        rebootCommand = try fields.optionalText("reboot_command") ?? "reboot"
        passwdCommand =
            try fields.optionalText("passwd_command") ?? "passwd"
        timeout = try fields.timeout()
    }

    var json: JSONObject {
        var json: JSONObject = [
            "host": .string(host), "port": .integer(Int64(port)), "username": .string(username),
        ]
        switch proof {
        case .password(let password): json["password"] = .string(password)
        case .key(let key, let passphrase):
            json["key"] = .string(key)
            if let passphrase { json["passphrase"] = .string(passphrase) }
        }
        if let hostKey { json["host_key"] = .string(hostKey) }
        json["reboot_command"] = .string(rebootCommand)
        json["passwd_command"] = .string(passwdCommand)
        json["timeout"] = ParameterFields.json(seconds: timeout)
        return json
    }
}

extension SSHParameters: CustomStringConvertible, CustomDebugStringConvertible {
    /// Without the proof, so that no log line can hold it.
    package var description: String { "\(username)@\(host):\(port)" }
    package var debugDescription: String { description }
}
