import JSON

/// What can be said of a device on the command line.
enum DeviceDescription {
    /// Options that are one text of the request, by their key in it; an empty one takes it away.
    private static let texts: [(key: String, option: Option<FreeText>)] = [
        ("platform", Option("platform", "what it runs, such as ios or linux")),
        ("type", Option("type", "what kind of thing it is, such as phone or rotor")),
        ("os_version", Option("os-version", "the version of what it runs")),
        ("mac_address", Option("mac", placeholder: "ADDRESS", "its hardware address")),
    ]
    private static let keyFile = Option<String>(
        "key-file", placeholder: "FILE",
        "let the device report its position with the key that this file holds")

    static let options = texts.map(\.option.declaration) + [keyFile.declaration]

    /// The members of a request that the options give.
    static func members(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> JSONObject {
        var members = JSONObject()
        for (key, option) in texts {
            if let text = invocation[option] { members[key] = .string(text.text) }
        }
        if let file = invocation[keyFile] {
            members["key"] = try SecretFile.text(of: file, "key", context).map(JSONValue.string)
        }
        return members
    }
}
