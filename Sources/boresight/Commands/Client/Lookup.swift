import JSON

/// Finds what a person means among the things of a kind, by id or by name.
struct Lookup {
    struct Thing {
        let id: String
        let name: String
        let object: JSONObject
    }

    /// What one of them is called: `device`.
    let noun: String
    let things: [Thing]
    /// What to do when there are none.
    let remedy: String

    init(_ noun: String, _ things: [Thing], remedy: String? = nil) {
        self.noun = noun
        self.things = things
        self.remedy = remedy ?? "add one: boresight \(noun) add NAME"
    }

    /// So many names help; more are a list of their own.
    private static let mostNames = 12

    /// The thing with this id, else the only one with this name.
    func thing(_ text: String) throws(CommandFailure) -> Thing {
        if let thing = things.first(where: { $0.id == text }) { return thing }
        let named = things.filter { $0.name == text }
        guard let thing = named.first else { throw unknown(text) }
        guard named.count == 1 else {
            throw CommandFailure(
                .failure, "\(named.count) \(noun)s are called '\(Words.printable(text))'",
                hint: "name one by its id: " + named.map(\.id).joined(separator: ", "))
        }
        return thing
    }

    /// Nothing of the kind is there.
    var none: CommandFailure {
        CommandFailure(.failure, "there is no \(noun) yet", hint: remedy)
    }

    private func unknown(_ text: String) -> CommandFailure {
        if things.isEmpty { return none }
        let meant = Suggestion.nearest(to: text, among: things.map(\.name)).map {
            "did you mean '\(Words.printable($0))'? "
        }
        return CommandFailure(
            .failure, "there is no \(noun) '\(Words.printable(text))'",
            hint: (meant ?? "") + "there is: " + names)
    }

    /// What there is, as far as it helps.
    var names: String {
        things.prefix(Self.mostNames).map { Words.printable($0.name) }.joined(separator: ", ")
            + (things.count > Self.mostNames ? ", … (\(things.count) in all)" : "")
    }
}

extension Lookup.Thing {
    /// An object of the API with an id and, mostly, a name.
    init?(_ object: JSONObject) {
        let id = object["id"]?.stringValue ?? object["id"]?.integerValue.map { "\($0)" }
        guard let id else { return nil }
        self.init(id: id, name: object["name"]?.stringValue ?? id, object: object)
    }
}
