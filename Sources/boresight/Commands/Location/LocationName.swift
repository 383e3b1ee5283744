import JSON

/// How a person names a location: by its id, or by its name.
enum LocationName {
    static let argument = Argument<String>("LOCATION", "the location's name or id")
    static let path = "/api/v1/controller/location/"

    static func path(_ location: Lookup.Thing) -> String { "\(path)\(location.id)/" }

    /// The locations of the organisation that was named, else all that the caller may see.
    static func all(
        _ invocation: Invocation, _ api: ServerAPI
    ) throws(CommandFailure) -> [JSONObject] {
        let all = try api.pages(path)
        guard invocation[Organizations.option] != nil else { return all }
        let wanted = try Organizations(invocation, api).wanted.map(\.id)
        return all.filter { wanted.contains($0["organization"]?.stringValue ?? "") }
    }

    /// The location that a person means; an id needs no look through the list.
    static func find(
        _ name: String, _ invocation: Invocation, _ api: ServerAPI
    ) throws(CommandFailure) -> Lookup.Thing {
        if isID(name), let object = try api.object("\(path)\(name)/"),
            let location = Lookup.Thing(object)
        {
            return location
        }
        let things = try all(invocation, api).compactMap(Lookup.Thing.init)
        return try Lookup("location", things).thing(name)
    }

    static func find(
        _ invocation: Invocation, _ api: ServerAPI
    ) throws(CommandFailure) -> Lookup.Thing {
        try find(try invocation.required(argument), invocation, api)
    }

    /// Whether a word has the form of the ids that the station gives (RFC 9562 §4).
    static func isID(_ word: String) -> Bool {
        word.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
            == [8, 4, 4, 4, 12] && word.allSatisfy { $0.isHexDigit || $0 == "-" }
    }
}
