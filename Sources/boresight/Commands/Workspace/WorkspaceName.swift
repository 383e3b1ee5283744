import JSON

/// How a command line names a workspace.
enum WorkspaceName {
    static let argument = Argument<String>("WORKSPACE", "the workspace's name or id")
    static let path = "/workspaces/api/workspaces"

    static func find(
        _ invocation: Invocation, _ api: ServerAPI
    ) throws(CommandFailure) -> Lookup.Thing {
        let all = try api.call(.get, path).value.arrayValue ?? []
        let things = all.compactMap(\.objectValue).compactMap(Lookup.Thing.init)
        return try Lookup("workspace", things).thing(try invocation.required(argument))
    }

    static func path(_ workspace: Lookup.Thing) -> String {
        "\(path)/\(PathSegment.encoded(workspace.id))"
    }
}
