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
        if let target = status.target { message["target"] = .object(target.json) }
        if let owner = status.owner { message["owner"] = .string(owner) }
        message["time"] = .string(status.time.text(.milliseconds))
        message["name"] = .string(status.name)
        if !status.problems.isEmpty {
            message["problems"] = .array(status.problems.map { .object($0.json) })
        }
        return JSONValue.object(message).bytes()
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
