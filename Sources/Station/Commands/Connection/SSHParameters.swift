package import Drivers
import JSON

/// The way to a device with an SSH server.
package struct SSHParameters: Sendable, Equatable {
    package let settings: SSHDeviceSettings

    var timeout: Duration { settings.timeout }

    init(_ fields: ParameterFields) throws(ConnectionParametersError) {
        let host = try fields.host()
        let user = try fields.text("username")
        let key = try fields.optionalText("key")
        let passphrase = try fields.optionalText("passphrase")
        let authentication: SSHAuthentication
        switch (try fields.optionalText("password"), key) {
        case (let password?, nil): authentication = .password(password)
        case (nil, let key?): authentication = .privateKey(key, passphrase: passphrase)
        default:
            throw ConnectionParametersError(
                message: "one of \"password\" and \"key\" is required, not both")
        }
        var settings = SSHDeviceSettings(
            host: host, port: try fields.port(default: 22), user: user,
            authentication: authentication,
            hostKeyFingerprint: try fields.optionalText("host_key"))
        if let command = try fields.optionalText("reboot_command") {
            settings.rebootCommand = command
        }
        if let command = try fields.optionalText("passwd_command") {
            settings.passwdCommand = command
        }
        settings.timeout = try fields.timeout()
        self.settings = settings
    }

    var json: JSONObject {
        var json: JSONObject = [
            "host": .string(settings.host), "port": .integer(Int64(settings.port)),
            "username": .string(settings.user),
        ]
        switch settings.authentication {
        case .password(let password): json["password"] = .string(password)
        case .privateKey(let key, let passphrase):
            json["key"] = .string(key)
            if let passphrase { json["passphrase"] = .string(passphrase) }
        }
        if let hostKey = settings.hostKeyFingerprint { json["host_key"] = .string(hostKey) }
        json["reboot_command"] = .string(settings.rebootCommand)
        json["passwd_command"] = .string(settings.passwdCommand)
        json["timeout"] = ParameterFields.json(seconds: settings.timeout)
        return json
    }
}
