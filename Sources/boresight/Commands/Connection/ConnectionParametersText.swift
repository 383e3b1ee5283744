import JSON

/// The parameters of a way to a device on the command line.
enum ConnectionParametersText {
    private static let keyFile = Option<String>(
        "key-file", placeholder: "FILE", "log in over SSH with the private key in this file")
    private static let passphraseFile = Option<String>(
        "passphrase-file", placeholder: "FILE", "what opens that key")
    private static let hostKey = Option<String>(
        "host-key", placeholder: "SHA256:…", "the SSH server's key, as 'ssh-keygen -l' shows it")
    private static let rebootCommand = Option<String>(
        "reboot-command", "what to run over SSH for a reboot")
    private static let passwdCommand = Option<String>(
        "passwd-command", "what to run over SSH for another password")
    private static let time = Option<WrittenDuration>(
        "command-timeout", "how long a command may take")
    private static let script = Option<String>(
        "script", placeholder: "FILE", "what a simulated device does, as JSON")
    private static let away = Option<WrittenDuration>(
        "away", "how long a simulated device cannot be reached at first")

    static let options = [
        PasswordFile.option.declaration, keyFile.declaration, passphraseFile.declaration,
        hostKey.declaration, rebootCommand.declaration, passwdCommand.declaration,
        time.declaration, script.declaration, away.declaration,
    ]

    /// Scripts and keys are texts of people.
    private static let mostBytes = 1 << 20

    /// What the options give, put into the parameters that there are.
    static func put(
        into parameters: inout JSONObject, _ address: RemoteAddress?, _ invocation: Invocation,
        _ context: CommandContext
    ) throws(CommandFailure) {
        if let address {
            parameters["host"] = .string(address.host)
            parameters["port"] = address.port.map { .integer(Int64($0)) }
            if let user = address.user { parameters["username"] = .string(user) }
        }
        if let password = try PasswordFile.read(invocation, context) {
            parameters["password"] = .string(password)
            // One way to log in is enough, and two are refused.
            (parameters["key"], parameters["passphrase"]) = (nil, nil)
        }
        if let file = invocation[keyFile] {
            parameters["key"] = .string(try text(of: file, context))
            (parameters["password"], parameters["passphrase"]) = (nil, nil)
        }
        if let file = invocation[passphraseFile] {
            parameters["passphrase"] = .string(
                try PasswordFile.text(of: file, "passphrase", context))
        }
        for (key, option) in [
            ("host_key", hostKey), ("reboot_command", rebootCommand),
            ("passwd_command", passwdCommand),
        ] {
            if let text = invocation[option] { parameters[key] = .string(text) }
        }
        if let time = invocation[time] { parameters["timeout"] = seconds(time) }
        if let away = invocation[away] { parameters["unreachable_seconds"] = seconds(away) }
        if let file = invocation[script] {
            do {
                parameters["script"] = try JSONReader.read(Array(try text(of: file, context).utf8))
            } catch let error as CommandFailure {
                throw error
            } catch {
                throw CommandFailure(.failure, "\(file): \(error)")
            }
        }
    }

    private static func seconds(_ time: WrittenDuration) -> JSONValue {
        .number(time.duration / .seconds(1))
    }

    private static func text(
        of path: String, _ context: CommandContext
    ) throws(CommandFailure) -> String {
        do throws(FileProblem) {
            return String(decoding: try context.readFile(path, mostBytes), as: UTF8.self)
        } catch {
            throw CommandFailure(.failure, "cannot read \(path): \(error.message)")
        }
    }

    /// Where a connection leads, in the form in which it is written.
    static func address(_ parameters: JSONObject) -> String {
        guard let host = parameters["host"]?.stringValue else { return "-" }
        let user = parameters["username"]?.stringValue.map { $0 + "@" } ?? ""
        let place = host.contains(":") ? "[\(host)]" : host
        let port = parameters["port"]?.integerValue.map { ":\($0)" } ?? ""
        return Words.printable(user + place + port)
    }
}
