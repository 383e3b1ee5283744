import Station

/// What a route's path names, such as the device and the command of
/// `/api/v1/controller/device/{id}/command/{cid}/`.
struct NamedThings {
    /// From left to right: `device` with its id.
    private var things: [(kind: String, id: String)] = []

    /// - Parameter id: that of what was made, which the path does not name.
    init(_ route: Route, _ parameters: [String: String], id: String?) {
        var kind = ""
        for segment in route.segments where !segment.isEmpty {
            guard segment.first == "{" else {
                kind = segment.hasSuffix("s") ? String(segment.dropLast()) : String(segment)
                continue
            }
            let name = String(segment.dropFirst().dropLast())
            // A pairing session's token is its only name and a secret.
            if name != "token", let id = parameters[name] { things.append((kind, id)) }
        }
        if let id { things.append((kind, id)) }
    }

    func describe(_ event: inout AuditEvent) {
        for (kind, id) in things {
            switch kind {
            case "device": event.device = id
            case "session": event.session = id
            case "organization": event.organization = id
            default: break
            }
        }
        if let last = things.last { event.resource = "\(last.kind):\(last.id)" }
    }
}
