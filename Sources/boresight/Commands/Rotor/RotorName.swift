import JSON

/// How a person names a rotor: its number, its name, or not at all when there is only one.
enum RotorName {
    static let argument = Argument<String>("ROTOR", "the rotor's number or name")
    static let optionalArgument = Argument<String>(
        "ROTOR", optional: true, "the rotor's number or name; not needed when there is one only")

    /// The rotor's path in the API.
    static func path(
        _ name: String?, _ invocation: Invocation, _ api: ServerAPI
    ) throws(CommandFailure) -> String {
        if let name, UInt32(name) != nil { return "/api/rotors/" + name }
        let rotors = try all(api)
        guard let name else {
            if rotors.count == 1, let only = rotors.first { return only.path }
            if rotors.isEmpty { throw noRotor }
            throw invocation.usageFailure(
                "name a rotor: " + rotors.map(\.name).joined(separator: ", "))
        }
        if let rotor = rotors.first(where: { $0.name == name }) { return rotor.path }
        if rotors.isEmpty { throw noRotor }
        let meant = Suggestion.nearest(to: name, among: rotors.map(\.name))
        throw CommandFailure(
            .failure, "there is no rotor '\(name)'", hint: meant.map { "did you mean '\($0)'?" })
    }

    static let noRotor = CommandFailure(
        .failure, "there is no rotor yet", hint: "add one: boresight rotor add NAME")

    /// Every rotor that the server knows.
    static func all(_ api: ServerAPI) throws(CommandFailure) -> [(name: String, path: String)] {
        let list = try api.call(.get, "/api/rotors").value.arrayValue ?? []
        return list.compactMap { rotor in
            guard let object = rotor.objectValue, let id = object["id"]?.integerValue else {
                return nil
            }
            return (
                Words.printable(object["name"]?.stringValue ?? "\(id)"), "/api/rotors/\(id)"
            )
        }
    }
}
