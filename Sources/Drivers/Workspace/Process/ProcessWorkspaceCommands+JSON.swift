package import JSON

/// As a recording keeps them: what `read` reads, without the values of the environment, where
/// passwords and keys are handed over.
extension ProcessWorkspaceCommands {
    package var json: JSONObject {
        JSONObject(
            names.compactMap { name in
                self[name].map { JSONObject.Member(key: name, value: .object($0.json)) }
            })
    }
}

extension ProcessWorkspaceSettings {
    fileprivate var json: JSONObject {
        var json: JSONObject = [
            "executable": .string(executable),
            "arguments": .array(arguments.map { .string($0.written) }),
            "environment": .object(
                JSONObject(
                    environment.keys.sorted().map { .init(key: $0, value: .string("")) })),
        ]
        json["workingDirectory"] = workingDirectory.map(JSONValue.string)
        json["port"] =
            switch port {
            case .none: .string("none")
            case .picked: .string("picked")
            case .fixed(let port): .integer(Int64(port))
            }
        json["startSeconds"] = .number(startTimeout / .seconds(1))
        json["stopSeconds"] = .number(stopGrace / .seconds(1))
        json["logBytes"] = .integer(Int64(logBytes))
        return json
    }
}
