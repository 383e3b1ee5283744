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
        let rotors = try lookup(api)
        guard let name else {
            if rotors.things.count == 1, let only = rotors.things.first { return path(only) }
            if rotors.things.isEmpty { throw rotors.none }
            throw invocation.usageFailure("name a rotor: " + rotors.names)
        }
        return path(try rotors.thing(name))
    }

    static func path(_ rotor: Lookup.Thing) -> String { "/api/rotors/" + rotor.id }

    /// Every rotor that the server knows.
    static func lookup(_ api: ServerAPI) throws(CommandFailure) -> Lookup {
        let list = try api.call(.get, "/api/rotors").value.arrayValue ?? []
        return Lookup("rotor", list.compactMap(\.objectValue).compactMap(Lookup.Thing.init))
    }
}
