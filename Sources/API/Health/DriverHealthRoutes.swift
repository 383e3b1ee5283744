import Engine
import JSON
import Station

/// How the station's drivers are, for whoever looks at a page without a token, too.
struct DriverHealthRoutes: Sendable {
    let station: FieldStation
    /// How the store is; nil when nobody knows any more.
    let store: @Sendable () -> DriverHealth?

    var routes: [Route] {
        [Route("GET", "/v1/health", show, DriverHealthOperations().show)]
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        // With a token that is nobody's one sees as much as without.
        let caller = try? Access(station: station).caller(request)
        let drivers = [store()].compactMap(\.self) + station.driverHealth
        let shown = drivers.filter { driver in
            guard let organization = driver.organization else { return true }
            return caller.map { caller in
                station.identity.enter { $0.acts(caller, for: organization) }
            } ?? false
        }
        return .object([
            "time": .string(station.core.utc.text(.milliseconds)),
            "drivers": .array(shown.map { .object($0.json(isSignedIn: caller != nil)) }),
        ])
    }
}

extension DriverHealth {
    fileprivate func json(isSignedIn: Bool) -> JSONObject {
        var json: JSONObject = ["kind": .string(kind.rawValue)]
        // A room's name opens it.
        json["name"] = .string(kind != .room || isSignedIn ? name : kind.rawValue)
        json["state"] = .string(state.rawValue)
        if let detail { json["detail"] = .string(detail) }
        json["stateAgeSeconds"] = stateAge?.age
        if isSignedIn, let address { json["address"] = .string(address) }
        json["values"] = .array(values.map { .object($0.json) })
        return json
    }
}

extension DriverHealth.Value {
    fileprivate var json: JSONObject {
        var json: JSONObject = ["name": .string(name)]
        switch content {
        case .number(let number, let unit):
            json["value"] = .number(number)
            json["unit"] = .string(unit)
        case .count(let count): json["value"] = .integer(Int64(count))
        case .flag(let flag): json["value"] = .bool(flag)
        case .text(let text): json["value"] = .string(text)
        }
        json["ageSeconds"] = age?.age
        return json
    }
}
