import JSON

// What is said to devices, and what they say.
extension Narrator {
    func link(_ entry: RecordedEntry) -> String {
        let content = entry.content
        if let host = content["connect"]?.stringValue {
            let port = content["port"]?.integerValue ?? 0
            return "connect to \(host):\(port)"
        }
        if content["connected"] != nil { return "connected" }
        if content["close"] != nil { return "close" }
        if let reason = content["closed"]?.stringValue { return "closed: " + reason }
        if let text = (content["send"] ?? content["received"])?.stringValue {
            return Self.lines(text, isGpsd: entry.stream == "gpsd")
        }
        if let bytes = (content["send_base64"] ?? content["received_base64"])?.stringValue {
            return "not UTF-8, base64 " + bytes
        }
        return JSONValue.object(content).text
    }

    private static func lines(_ text: String, isGpsd: Bool) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        guard isGpsd else { return lines.joined(separator: " | ") }
        return lines.map(report).joined(separator: " | ")
    }

    /// A report of gpsd (gpsd_json(5)) in words; anything else as it is, such as a part of a line.
    private static func report(_ line: String) -> String {
        guard let json = GpsdFrame.object(line), let name = json["class"]?.stringValue else {
            return line
        }
        switch name {
        case "TPV": return fix(json)
        case "SKY":
            let satellites = json["satellites"]?.arrayValue
            let seen = json["nSat"]?.integerValue ?? satellites.map { Int64($0.count) }
            let used =
                json["uSat"]?.integerValue
                ?? satellites.map { list in
                    Int64(list.count { $0.objectValue?["used"]?.boolValue == true })
                }
            return "SKY \(used ?? 0) of \(seen ?? 0) satellites used"
        case "VERSION": return "VERSION " + (json["release"]?.stringValue ?? "?")
        case "DEVICES":
            let paths = (json["devices"]?.arrayValue ?? []).map { device in
                device.objectValue?["path"]?.stringValue ?? "?"
            }
            return (["DEVICES"] + (paths.isEmpty ? ["none"] : paths)).joined(separator: " ")
        case "DEVICE": return "DEVICE " + (json["path"]?.stringValue ?? "?")
        case "ERROR": return "ERROR " + (json["message"]?.stringValue ?? "?")
        default: return name
        }
    }

    private static func fix(_ json: JSONObject) -> String {
        let modes = ["no fix", "no fix", "2D", "3D"]
        let mode = json["mode"]?.integerValue.flatMap { Int(exactly: $0) } ?? 0
        var words = ["TPV", modes.indices.contains(mode) ? modes[mode] : "mode \(mode)"]
        if let place = GpsdFrame.place(json) {
            words.append(
                PlainText.number(place.latitudeDegrees, decimals: 6) + ","
                    + PlainText.number(place.longitudeDegrees, decimals: 6))
            if let altitude = place.altitudeMetres {
                words.append(PlainText.number(altitude, decimals: 1) + " m")
            }
        }
        return words.joined(separator: " ")
    }
}
