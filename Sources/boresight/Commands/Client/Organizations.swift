import JSON

/// The organisations that the caller acts for, and the one meant when none is named.
struct Organizations {
    struct Organization {
        let id: String
        let name: String
    }

    static let option = Option<String>(
        "organization", placeholder: "NAME", "the organisation, by name or id")

    private static let remedy = "a superuser makes you a member: boresight member set"

    /// The first one first.
    let all: [Organization]
    private let usual: String?
    private let named: Organization?

    /// Asks the server; a name that is none of them is a failure.
    init(_ invocation: Invocation, _ api: ServerAPI) throws(CommandFailure) {
        let myself = try api.call(.get, "/v1/me").value.objectValue
        let things = (myself?["organizations"]?.arrayValue ?? []).compactMap(\.objectValue)
            .compactMap(Lookup.Thing.init)
        all = things.map { Organization(id: $0.id, name: $0.name) }
        usual = myself?["organization"]?.stringValue
        guard let name = invocation[Self.option] else {
            named = nil
            return
        }
        let thing = try Lookup("organisation", things, remedy: Self.remedy).thing(name)
        named = Organization(id: thing.id, name: thing.name)
    }

    /// Those to look through: the one that was named, else all.
    var wanted: [Organization] { named.map { [$0] } ?? all }

    /// The one to act on: the one that was named, else the usual one.
    func acting() throws(CommandFailure) -> Organization {
        guard let organization = named ?? all.first(where: { $0.id == usual }) else {
            throw CommandFailure(
                .failure, "you belong to no organisation", hint: Self.remedy)
        }
        return organization
    }

    func name(of id: String?) -> String {
        all.first { $0.id == id }?.name ?? id ?? "-"
    }
}
