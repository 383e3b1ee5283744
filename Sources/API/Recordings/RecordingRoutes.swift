import Engine
import JSON
import Recording
import Station

/// Recordings that are begun and ended while the station runs.
struct RecordingRoutes: Sendable {
    let station: FieldStation
    let orders: OutputPort<RecordingOrder>

    /// Longer names are no names.
    static let nameCharacters = 1...64

    var routes: [Route] {
        [
            Route("POST", "/v1/recordings", begin, operations.begin),
            Route("POST", "/v1/recordings/{name}/stop", end, operations.end),
            Route(
                "GET", "/v1/recordings", superusersOnly { _ in .outside(.recordings) },
                operations.list),
            Route(
                "GET", "/v1/recordings/{name}/scene",
                superusersOnly { request throws(APIError) in
                    .outside(.scene(try SceneWish(request)))
                }, operations.scene),
        ]
    }

    private var operations: RecordingOperations { RecordingOperations() }

    /// A recording has what everybody did and where they were, in every organisation.
    private func superusersOnly(
        _ answer: @escaping @Sendable (APIRequest) throws(APIError) -> Reply
    ) -> @Sendable (APIRequest) throws(APIError) -> Reply {
        Access(station: station).superusersOnly(answer)
    }

    private func begin(_ request: APIRequest) throws(APIError) -> Reply {
        try Access(station: station).require(.operateRotor, request)
        let name = try checked(try request.object()["name"]?.stringValue ?? "")
        orders.emit(.begin(name: name))
        return .json(202, ["name": .string(name), "file": .string("recordings/\(name).jsonl")])
            .noted(AuditNote(resource: "recording:\(name)"))
    }

    private func end(_ request: APIRequest) throws(APIError) -> Reply {
        try Access(station: station).require(.operateRotor, request)
        orders.emit(.end(name: request[parameter: "name"]))
        return .empty(204)
    }

    /// A name is one word that cannot lead out of its folder.
    private func checked(_ name: String) throws(APIError) -> String {
        let isWord = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isWord, Self.nameCharacters.contains(name.utf8.count) else {
            throw APIError(
                400,
                "\"name\" must be 1 to \(Self.nameCharacters.upperBound) letters, digits, hyphens "
                    + "or underscores")
        }
        return name
    }
}
