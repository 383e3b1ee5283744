import JSON

/// A sector as written: `80-100`, `350-10,0-30`, or `none`.
struct KeepOutText: TextValue {
    static let placeholder = "AZ-AZ[,EL-EL]|none"

    /// Nil for none.
    let sector: Sector?

    struct Sector {
        let azimuths: (from: Double, to: Double)
        let elevations: (from: Double, to: Double)?

        /// As a request has it.
        var json: JSONObject {
            var json: JSONObject = [
                "min_azimuth": .number(azimuths.from), "max_azimuth": .number(azimuths.to),
            ]
            if let elevations {
                json["min_elevation"] = .number(elevations.from)
                json["max_elevation"] = .number(elevations.to)
            }
            return json
        }
    }

    init(text: String) throws(TextValueProblem) {
        guard text != "none" else {
            sector = nil
            return
        }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let ranges = parts.compactMap(Self.range)
        guard let azimuths = ranges.first, ranges.count == parts.count, parts.count <= 2 else {
            throw TextValueProblem(
                "is not a sector, such as 80-100 (all elevations) or 350-10,0-30")
        }
        sector = Sector(azimuths: azimuths, elevations: ranges.dropFirst().first)
    }

    /// A dash behind the first character is the one between both.
    private static func range(_ text: Substring) -> (from: Double, to: Double)? {
        guard let dash = text.dropFirst().firstIndex(of: "-"),
            let from = try? Degrees(text: String(text[..<dash])),
            let to = try? Degrees(text: String(text[text.index(after: dash)...]))
        else { return nil }
        return (from.value, to.value)
    }

    /// Sectors as a rotor is listed with them.
    static func text(_ json: JSONValue?) -> String {
        let sectors = (json?.arrayValue ?? []).compactMap(\.objectValue).map { sector in
            range("azimuth", sector) + "," + range("elevation", sector)
        }
        return sectors.isEmpty ? "-" : sectors.joined(separator: " ")
    }

    private static func range(_ axis: String, _ sector: JSONObject) -> String {
        Words.text(sector["min_" + axis]) + "-" + Words.text(sector["max_" + axis])
    }
}
