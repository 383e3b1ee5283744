package import JSON
package import Pointing

extension KeepOutSector {
    /// The sector as the API shows it.
    package var json: JSONObject {
        [
            "min_azimuth": .number(minAzimuthDegrees), "max_azimuth": .number(maxAzimuthDegrees),
            "min_elevation": .number(elevationDegrees.lowerBound),
            "max_elevation": .number(elevationDegrees.upperBound),
        ]
    }

    /// All of a rotor's sectors; nil where nothing is said of them.
    static func list(_ json: JSONValue?) throws(RotorSettingsError) -> [KeepOutSector]? {
        guard let json, json != .null else { return nil }
        let values = json.arrayValue
        let objects = (values ?? []).compactMap(\.objectValue)
        guard objects.count == values?.count else {
            throw RotorSettingsError(message: #""keep_out" must be a list of sectors"#)
        }
        var sectors: [KeepOutSector] = []
        for object in objects { sectors.append(try KeepOutSector(object)) }
        return sectors
    }

    /// Elevations may be missing: then all are meant.
    private init(_ json: JSONObject) throws(RotorSettingsError) {
        let azimuths: (min: Double?, max: Double?)
        let elevations: (min: Double?, max: Double?)
        do throws(JSONFieldError) {
            azimuths = (
                try json.optionalDouble("min_azimuth"), try json.optionalDouble("max_azimuth")
            )
            elevations = (
                try json.optionalDouble("min_elevation"), try json.optionalDouble("max_elevation")
            )
        } catch {
            throw RotorSettingsError(message: "in \"keep_out\": \(error.description)")
        }
        // A name that nobody knows may be a sector's height in disguise.
        let known = ["min_azimuth", "max_azimuth", "min_elevation", "max_elevation"]
        guard json.members.allSatisfy({ known.contains($0.key) }) else {
            throw RotorSettingsError(
                message: "a sector of \"keep_out\" has only " + known.joined(separator: ", "))
        }
        do throws(RotorGeometryError) {
            guard let min = azimuths.min, let max = azimuths.max else { throw .keepOutAzimuth }
            let all = Self.allElevationsDegrees
            try self.init(
                minAzimuthDegrees: min, maxAzimuthDegrees: max,
                elevationDegrees: (
                    elevations.min ?? all.lowerBound, elevations.max ?? all.upperBound
                ))
        } catch {
            throw RotorSettingsError(message: error.description)
        }
    }
}
