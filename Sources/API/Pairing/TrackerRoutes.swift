import JSON
import Station
import Transport

/// Tracker apps of phones: they may send positions over plain HTTP, which browsers do not let pages
/// do, and go on while the screen is off.
struct TrackerRoutes: Sendable {
    let settings: GatewaySettings
    let station: FieldStation

    var routes: [Route] {
        [
            Route("GET", "/pair/{token}/track", reportInQuery, action: "report_position"),
            Route("POST", "/pair/{token}/track", report, action: "report_position"),
            Route("GET", "/v1/trackers", list, Self.ofList),
        ]
    }

    // MARK: Reporting

    private func reportInQuery(_ request: APIRequest) throws(APIError) -> Reply {
        try relay(TrackerReport.read(FormText(request.http.query ?? "")), request)
    }

    private func report(_ request: APIRequest) throws(APIError) -> Reply {
        let type = request.http.headers["Content-Type"] ?? ""
        if type.isJSON || request.http.body.first == UInt8(ascii: "{") {
            return try relay(TrackerReport.read(try request.object()), request)
        }
        let isForm =
            type.hasPrefix("application/x-www-form-urlencoded") && request.http.query == nil
        guard isForm else { return try reportInQuery(request) }
        let body = String(decoding: request.http.body, as: UTF8.self)
        return try relay(TrackerReport.read(FormText(body)), request)
    }

    private func relay(
        _ report: TrackerReport?, _ request: APIRequest
    ) throws(APIError) -> Reply {
        let hash = try SessionRoutes.hash(request)
        if let report {
            try station.sessions.enter(throwing: APIError.init) {
                (sessions) throws(PairingError) in
                try sessions.relayTracker(RelayFrame(.text, report.message), in: hash)
            }
        }
        var note = AuditNote()
        note.isSilent = true
        // OwnTracks expects a list of what it should show: nothing.
        return .json(200, .array([])).noted(note)
    }

    // MARK: Setting up

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let token = try SessionRoutes.checkedToken(request.query("token") ?? "")
        let address = (settings.pairingURLs(token, request).first ?? "") + "/track"
        let apps = Self.apps(address).map(JSONValue.object)
        return .object(["apps": .array(apps)])
    }

    private static func apps(_ address: String) -> [JSONObject] {
        let ownTracks: JSONObject = [
            "_type": .string("configuration"), "mode": .integer(3), "url": .string(address),
            "auth": .bool(false), "monitoring": .integer(2), "locatorInterval": .integer(5),
            "moveModeLocatorInterval": .integer(5),
        ]
        return [
            [
                "name": .string("OwnTracks"), "address": .string(address),
                "config": .object(ownTracks),
                "steps": .array([
                    .string("Preferences, Connection, Mode: HTTP."),
                    .string("Host or URL: the address above."),
                    .string("In the map's corner choose Move, which reports every few seconds."),
                ]),
            ],
            [
                "name": .string("Traccar Client"), "address": .string(address),
                "steps": .array([
                    .string("Settings, Server URL: the address above."),
                    .string("Frequency or interval: 5 seconds; distance 0."),
                    .string("Turn the service on."),
                ]),
            ],
        ]
    }

    private static var ofList: Operation {
        Operation("List trackers", "How tracker apps report to a pairing session.").withoutToken
            .query("token", SessionRoutes.tokenSchema, "The pairing session's.", isRequired: true)
            .answers(
                200, "The apps.",
                .object(
                    .required(
                        "apps",
                        .list(
                            of: .object(
                                .required("name", .text),
                                .required("address", .text, "What it sends positions to."),
                                .optional("config", .map(of: .anything), "What it takes over."),
                                .required("steps", .list(of: .text))))))
            )
            .refuses(400, "This is no token of a pairing session.")
    }
}
