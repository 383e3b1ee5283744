import Drivers
import Engine
package import JSON
import Pointing

/// A scenario with every option, as its file would be written.
extension Scenario {
    package var json: JSONObject {
        var json: JSONObject = [
            "title": .string(title), "duration": Self.time(duration),
            "sample": Self.time(sample), "schedule": .string(schedule.rawValue),
            "disk": Self.time(disk), "station": .object(station.json),
            "rotor": .object(rotor.json),
            "phones": .object(
                JSONObject(phones.map { .init(key: $0.name, value: .object($0.json)) })),
            "workload": .array(workload.map { .object($0.json) }),
            "faults": .array(faults.map { .object($0.json) }),
            "expect": .array(expectations.map { .object($0.json) }),
        ]
        if !rooms.isEmpty {
            json["rooms"] = .object(
                JSONObject(rooms.map { .init(key: $0.code, value: $0.json) }))
        }
        if let heal { json["heal"] = Self.time(heal) }
        if let seed {
            json["seed"] = Int64(exactly: seed).map { .integer($0) } ?? .string("\(seed)")
        }
        if let chaos { json["chaos"] = .object(chaos.json) }
        if !vary.isEmpty {
            json["vary"] = .object(
                JSONObject(
                    vary.map {
                        .init(key: $0.path, value: .array([.string($0.low), .string($0.high)]))
                    }))
        }
        return json
    }

    static func time(_ duration: Duration) -> JSONValue { .string(WrittenTime.text(duration)) }

    /// The file's text, a line for each member of the first two levels.
    package var text: String { Self.lines(.object(json), indent: 0) + "\n" }

    private static func lines(_ value: JSONValue, indent: Int) -> String {
        let inner = String(repeating: "  ", count: indent + 1)
        let outer = String(repeating: "  ", count: indent)
        switch value {
        case .object(let object) where indent < 2 && !object.members.isEmpty:
            let members = object.members.map { member in
                inner + JSONValue.string(member.key).text + ": "
                    + lines(member.value, indent: indent + 1)
            }
            return "{\n" + members.joined(separator: ",\n") + "\n" + outer + "}"
        case .array(let elements) where indent < 2 && !elements.isEmpty:
            let rows = elements.map { inner + $0.text }
            return "[\n" + rows.joined(separator: ",\n") + "\n" + outer + "]"
        default: return value.text
        }
    }
}

extension StationSite {
    fileprivate var json: JSONObject {
        var json = path.json
        json["receiver"] = .bool(hasReceiver)
        json["noise"] = .number(noiseMeters)
        return json
    }
}

extension RotorBody {
    fileprivate var json: JSONObject {
        var json: JSONObject = [
            "azimuth": .array([
                .number(azimuthDegrees.lowerBound), .number(azimuthDegrees.upperBound),
            ]),
            "elevation": .array([
                .number(elevationDegrees.lowerBound), .number(elevationDegrees.upperBound),
            ]),
            "rate": .number(rateDegreesPerSecond),
            "acceleration": .number(accelerationDegreesPerSecondSquared ?? 0),
            "deadband": .number(deadBandDegrees), "start": .number(startDegrees),
        ]
        guard !keepOut.isEmpty else { return json }
        let sectors = keepOut.map { sector in
            JSONValue.array([
                .number(sector.minAzimuthDegrees), .number(sector.maxAzimuthDegrees),
                .number(sector.elevationDegrees.lowerBound),
                .number(sector.elevationDegrees.upperBound),
            ])
        }
        json["keep_out"] = .array(sectors)
        return json
    }
}

extension PhoneTrip {
    fileprivate var json: JSONObject {
        var json = path.json
        json["shares"] = .bool(shares)
        json["joins"] = Scenario.time(joins)
        json["every"] = Scenario.time(every)
        if let accuracyMeters { json["accuracy"] = .number(accuracyMeters) }
        json["noise"] = .number(noiseMeters)
        json["clock"] = Scenario.time(clock)
        json["delay"] = Scenario.time(delay)
        json["jitter"] = Scenario.time(jitter)
        json["loss"] = .number(loss)
        return json
    }
}

extension TripPath {
    fileprivate var json: JSONObject {
        var json: JSONObject = [
            "points": .array(
                points.map { point in
                    .array([
                        .number(point.latitudeDegrees), .number(point.longitudeDegrees),
                        .number(point.altitudeMeters ?? 0),
                    ])
                })
        ]
        if speedMetersPerSecond > 0 { json["speed"] = .number(speedMetersPerSecond) }
        if loops { json["loop"] = .bool(true) }
        if startsAt > .zero { json["starts"] = Scenario.time(startsAt) }
        return json
    }
}

extension WorkloadStep {
    fileprivate var json: JSONObject {
        var json: JSONObject = ["at": Scenario.time(at)]
        switch action {
        case .mode(let mode, let phone):
            json["phone"] = .string(phone)
            json["mode"] = .string(mode)
        case .target(let azimuth, let elevation, let phone):
            json["phone"] = .string(phone)
            json["target"] = .array([.number(azimuth), .number(elevation)])
        case .request(let request): request.write(to: &json)
        case .watch(let path, let caller, let name, let returns):
            json["watch"] = .string(path)
            if let caller { json["as"] = .string(caller) }
            json["name"] = .string(name)
            if returns { json["returns"] = .bool(true) }
        case .say(let text, let watcher, let every):
            json["say"] = .string(watcher)
            json["text"] = .string(text)
            if let every { json["every"] = Scenario.time(every) }
        case .deaf(let name): json["deaf"] = .string(name)
        }
        return json
    }
}

extension WrittenRequest {
    fileprivate func write(to json: inout JSONObject) {
        json["request"] = .string(method + " " + path)
        if let body { json["body"] = .string(body) }
        if let caller { json["as"] = .string(caller) }
        if let expected { json["expect"] = .integer(Int64(expected)) }
        if let says { json["says"] = .string(says) }
        if !keeps.isEmpty {
            json["keep"] = .object(
                JSONObject(keeps.map { .init(key: $0.name, value: .string($0.member)) }))
        }
    }
}

extension Fault {
    fileprivate var json: JSONObject {
        var json: JSONObject = ["at": Scenario.time(at), "fault": .string(kind.rawValue)]
        if lasts > .zero || !kind.isInstant { json["for"] = Scenario.time(lasts) }
        if let amount { json["amount"] = .number(amount) }
        if let phone { json["phone"] = .string(phone) }
        return json
    }
}

extension Chaos {
    fileprivate var json: JSONObject {
        [
            "faults": .array(kinds.map { .string($0.rawValue) }), "per_hour": .number(perHour),
            "shortest": Scenario.time(shortest), "longest": Scenario.time(longest),
            "from": Scenario.time(from),
        ]
    }
}

extension Expectation {
    fileprivate var json: JSONObject {
        var json: JSONObject = [kind.rawValue: .string(condition.text)]
        if let within { json["within"] = Scenario.time(within) }
        if from > .zero { json["from"] = Scenario.time(from) }
        if let until { json["until"] = Scenario.time(until) }
        if phase != .always { json["while"] = .string(phase.rawValue) }
        if phase == .calm { json["grace"] = Scenario.time(grace) }
        return json
    }
}
