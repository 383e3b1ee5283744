import Engine
package import JSON
import Pointing

extension RelayMessage {
    /// `peer.joined` or `peer.left`, with how many sockets there are now.
    static func peerEvent(_ type: String, peers: Int) -> [UInt8] {
        JSONValue.object(["type": .string(type), "peers": .integer(Int64(peers))]).bytes()
    }

    /// What a rotor says to its session.
    static func rotor(_ status: RotorStatus) -> [UInt8] {
        var message: JSONObject = [
            "type": .string("rotor"),
            "azimuth": status.position.map { .number($0.azimuthDegrees) } ?? .null,
            "elevation": status.position.map { .number($0.elevationDegrees) } ?? .null,
            "moving": .bool(status.isMoving),
            "mode": .string(status.mode.rawValue),
        ]
        message = message.joined(status.bearings)
        message["time"] = .string(status.time.text(.milliseconds))
        message["name"] = .string(status.name)
        if let problems = status.problemsJSON { message["problems"] = problems }
        return JSONValue.object(message).bytes()
    }
}

extension RotorStatus {
    /// `{"target"?,"aim"?,"corners"?,"owner"?}`: where it is to point and how it gets there, and
    /// who has a say in it.
    package var bearings: JSONObject {
        var json: JSONObject = [:]
        if let target { json["target"] = .object(target.json) }
        let places = way.map { position -> JSONValue in
            .object([
                "azimuth": .number(position.azimuthDegrees),
                "elevation": .number(position.elevationDegrees),
            ])
        }
        if let aim = places.last { json["aim"] = aim }
        if places.count > 1 { json["corners"] = .array(places.dropLast()) }
        if let owner { json["owner"] = .string(owner) }
        return json
    }

    /// Nil while there are none.
    package var problemsJSON: JSONValue? {
        problems.isEmpty ? nil : .array(problems.map { .object($0.json) })
    }
}

extension TrackingProblem {
    /// `{"source","detail","age_seconds"?}`.
    package var json: JSONObject {
        var json: JSONObject = ["source": .string(source.rawValue), "detail": .string(detail)]
        if let ageSeconds { json["age_seconds"] = .number((ageSeconds * 10).rounded() / 10) }
        return json
    }
}
