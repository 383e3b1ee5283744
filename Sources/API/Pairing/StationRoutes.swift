import Engine
import JSON
import Pointing
import Station

/// Where the antenna stands.
struct StationRoutes: Sendable {
    let station: FieldStation

    var routes: [Route] { [Route("GET", "/api/station", show)] }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        let fix = station.position.enter { $0.fix }
        let now = station.core.now
        var body: JSONObject = [
            "latitude": fix.position.map { .number($0.latitudeDegrees) } ?? .null,
            "longitude": fix.position.map { .number($0.longitudeDegrees) } ?? .null,
            "altitude": fix.position.map { .number($0.altitudeMeters) } ?? .null,
            "source": .string(fix.source.rawValue),
            "fix": .string(fix.mode.text),
            "satellites_used": fix.satellitesUsed.map { .integer(Int64($0)) } ?? .null,
            "time": fix.time.map { .string($0.text()) } ?? .null,
            "age_seconds": fix.measuredAt?.duration(to: now).age ?? .null,
        ]
        if fix.source != .fixed, let problem = fix.problem { body["problem"] = .string(problem) }
        return .object(body)
    }
}
