import JSON

// Requests, responses and frames.
extension Narrator {
    mutating func http(_ content: JSONObject) -> String {
        if let id = content["request"]?.integerValue { return request(id, content) }
        if let id = content["abandoned"]?.integerValue {
            return close(id) + " abandoned by the client"
        }
        if let id = content["upgrade"]?.integerValue { return close(id) + " → 101" }
        if let id = content["content"]?.integerValue {
            let words = content["wanted"]?.arrayValue?.compactMap(\.stringValue) ?? []
            return close(id) + " → content: " + words.joined(separator: " ")
        }
        if let id = content["bridge"]?.integerValue { return bridge(id, content) }
        if let id = content["bridge_failed"]?.integerValue {
            return (openRequests[id] ?? "request \(id)") + " cannot be bridged: "
                + (content["reason"]?.stringValue ?? "")
        }
        guard let id = content["respond"]?.integerValue else {
            return JSONValue.object(content).text
        }
        let status = content["status"]?.integerValue.map(String.init) ?? "?"
        return close(id) + " → " + status + Self.body(content)
    }

    mutating func webSocket(_ content: JSONObject) -> String {
        if let text = (content["text"] ?? content["frame"])?.stringValue {
            return Self.frame(text)
        }
        let bytes = content["binary_base64"] ?? content["frame_base64"]
        if let bytes = bytes?.stringValue { return "binary frame, base64 " + bytes }
        if content["opened"] != nil { return "opened" }
        if content["bridged"] != nil {
            let fromClient = content["from_client"]?.integerValue ?? 0
            let toClient = content["to_client"]?.integerValue ?? 0
            return "bridged: \(fromClient) bytes from the client, \(toClient) to it"
        }
        let code = content["code"]?.integerValue.map { " \($0)" } ?? ""
        let reason = content["reason"]?.stringValue ?? ""
        return (content["close"] != nil ? "close" : "closed") + code
            + (reason.isEmpty ? "" : " " + reason)
    }

    private mutating func request(_ id: Int64, _ content: JSONObject) -> String {
        let path = content["path"]?.stringValue ?? ""
        let name = (content["method"]?.stringValue ?? "") + " " + path
        openRequests[id] = name
        let query = content["query"]?.stringValue.map { "?" + $0 } ?? ""
        let handshake = content["handshake"] != nil ? " WebSocket handshake" : ""
        var defect = ""
        if content["body_too_large"] != nil { defect = " (body too large)" }
        if content["invalid_handshake"] != nil { defect = " (invalid handshake)" }
        return name + query + handshake + defect + Self.body(content)
    }

    private func bridge(_ id: Int64, _ content: JSONObject) -> String {
        let place =
            (content["host"]?.stringValue ?? "")
            + (content["port"]?.integerValue.map { " port \($0)" } ?? "")
        return (openRequests[id] ?? "request \(id)") + " → bridge to " + place
            + (content["capture"]?.stringValue.map { ", captured in " + $0 } ?? "")
    }

    /// The name of a request that is over.
    private mutating func close(_ id: Int64) -> String {
        openRequests.removeValue(forKey: id) ?? "request \(id)"
    }

    private static func body(_ content: JSONObject) -> String {
        if let body = content["body"]?.stringValue { return " " + body }
        if let count = content["body_bytes"]?.integerValue { return " \(count) bytes" }
        if content["body_omitted"] != nil { return " a picture" }
        if content["body_base64"] != nil { return " binary body" }
        return ""
    }

    /// The relay's own messages in words, everything else as it is.
    private static func frame(_ text: String) -> String {
        guard let message = RelayFrame(text) else { return text }
        switch message {
        case .location(let place, let accuracy):
            return "location \(words(place))"
                + (accuracy.map { " ±" + PlainText.number($0, decimals: 1) + " m" } ?? "")
        case .target(.direction(let direction)): return "target " + words(direction)
        case .target(.place(let place)): return "target " + words(place)
        case .mode(let mode): return "mode " + mode
        case .rotor(let rotor):
            var parts = [["rotor", rotor.name ?? ""].filter { !$0.isEmpty }.joined(separator: " ")]
            if let direction = rotor.direction { parts.append(words(direction)) }
            if let target = rotor.target { parts.append("→ " + words(target)) }
            if let mode = rotor.mode { parts.append(mode) }
            if rotor.isMoving { parts.append("moving") }
            parts += rotor.problems.map { "[\($0)]" }
            return parts.joined(separator: " ")
        }
    }

    private static func words(_ direction: SeenDirection) -> String {
        "az \(PlainText.number(direction.azimuthDegrees, decimals: 2)) "
            + "el \(PlainText.number(direction.elevationDegrees, decimals: 2))"
    }

    private static func words(_ place: SeenPlace) -> String {
        PlainText.number(place.latitudeDegrees, decimals: 6) + ","
            + PlainText.number(place.longitudeDegrees, decimals: 6)
            + (place.altitudeMetres.map { "," + PlainText.number($0, decimals: 1) } ?? "")
    }
}
