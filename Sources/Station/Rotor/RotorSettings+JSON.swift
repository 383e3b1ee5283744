package import JSON
import Pointing

/// A rotor's settings are wrong: which one, and what would be right.
package struct RotorSettingsError: Error, Equatable {
    package let message: String
}

extension RotorSettings {
    /// The settings as the API shows them, without the rotor's number.
    package var json: JSONObject {
        var json: JSONObject = [
            "name": .string(name),
            "rotor_type": .string(geometry.axes == .azimuth ? "az" : "azel"),
            "driver": .string(driver.rawValue),
            "host": .string(host),
            "port": .integer(Int64(port)),
            "min_elevation": .number(geometry.elevationDegrees.lowerBound),
            "max_elevation": .number(geometry.elevationDegrees.upperBound),
            "min_azimuth": .number(geometry.azimuthDegrees.lowerBound),
            "max_azimuth": .number(geometry.azimuthDegrees.upperBound),
            "park_az": .number(geometry.park.azimuthDegrees),
            "park_el": .number(geometry.park.elevationDegrees),
            "deadband": .number(geometry.deadBandDegrees),
        ]
        if !geometry.keepOut.isEmpty {
            json["keep_out"] = .array(geometry.keepOut.map { .object($0.json) })
        }
        return json
    }

    /// Reads settings; what is missing is taken from `base`, or from the defaults.
    package init(_ json: JSONObject, base: RotorSettings? = nil) throws(RotorSettingsError) {
        let fields: (name: String, host: String, port: Int64, driver: String, type: String)
        let numbers: GeometryNumbers
        do throws(JSONFieldError) {
            let name = try json.optionalString("name") ?? base?.name ?? ""
            let host = try json.optionalString("host") ?? base?.host ?? "127.0.0.1"
            let port = try json.optionalInteger("port") ?? base.map { Int64($0.port) } ?? 4533
            let driver = try json.optionalString("driver") ?? base?.driver.rawValue ?? "rotctld"
            let type = try json.optionalString("rotor_type") ?? base?.typeText ?? "azel"
            fields = (name, host, port, driver, type)
            numbers = try GeometryNumbers(json, base: base?.geometry)
        } catch {
            throw RotorSettingsError(message: error.description)
        }
        let keepOut =
            try KeepOutSector.list(json["keep_out"]) ?? base?.geometry.keepOut ?? []
        self = try Self.checked(
            name: fields.name, host: fields.host, port: fields.port, driver: fields.driver,
            type: fields.type, numbers, keepOut)
    }

    fileprivate var typeText: String { geometry.axes == .azimuth ? "az" : "azel" }

    private static func checked(
        name: String, host: String, port: Int64, driver: String, type: String,
        _ numbers: GeometryNumbers, _ keepOut: [KeepOutSector]
    ) throws(RotorSettingsError) -> RotorSettings {
        guard (1...64).contains(name.count) else {
            throw RotorSettingsError(message: #""name" must be a text of 1 to 64 characters"#)
        }
        guard (1...253).contains(host.utf8.count), host.utf8.allSatisfy({ $0 > 0x20 }) else {
            throw RotorSettingsError(message: #""host" must be a host name or an address"#)
        }
        guard let port = UInt16(exactly: port), port > 0 else {
            throw RotorSettingsError(message: #""port" must be a number from 1 to 65535"#)
        }
        guard let driver = Driver(rawValue: driver) else {
            throw RotorSettingsError(message: #""driver" must be "rotctld" or "simulated""#)
        }
        let axes: RotorGeometry.Axes
        switch type {
        case "azel": axes = .azimuthAndElevation
        case "az": axes = .azimuth
        default: throw RotorSettingsError(message: #""rotor_type" must be "azel" or "az""#)
        }
        return RotorSettings(
            name: name, driver: driver, host: host, port: port,
            geometry: try numbers.geometry(axes, keepOut))
    }
}

/// The numbers of a rotor's geometry on their way from JSON.
private struct GeometryNumbers {
    let azimuth: (min: Double, max: Double)
    let elevation: (min: Double, max: Double)
    let park: (azimuth: Double?, elevation: Double?)
    let deadBand: Double

    init(_ json: JSONObject, base: RotorGeometry?) throws(JSONFieldError) {
        azimuth = (
            try json.optionalDouble("min_azimuth") ?? base?.azimuthDegrees.lowerBound ?? 0,
            try json.optionalDouble("max_azimuth") ?? base?.azimuthDegrees.upperBound ?? 360
        )
        elevation = (
            try json.optionalDouble("min_elevation") ?? base?.elevationDegrees.lowerBound ?? 0,
            try json.optionalDouble("max_elevation") ?? base?.elevationDegrees.upperBound ?? 90
        )
        park = (
            try json.optionalDouble("park_az") ?? base?.park.azimuthDegrees,
            try json.optionalDouble("park_el") ?? base?.park.elevationDegrees
        )
        deadBand = try json.optionalDouble("deadband") ?? base?.deadBandDegrees ?? 1
    }

    func geometry(
        _ axes: RotorGeometry.Axes, _ keepOut: [KeepOutSector]
    ) throws(RotorSettingsError) -> RotorGeometry {
        do throws(RotorGeometryError) {
            return try RotorGeometry(
                axes: axes, minAzimuthDegrees: azimuth.min, maxAzimuthDegrees: azimuth.max,
                minElevationDegrees: elevation.min, maxElevationDegrees: elevation.max,
                park: RotorPosition(
                    azimuthDegrees: park.azimuth ?? min(max(0, azimuth.min), azimuth.max),
                    elevationDegrees: park.elevation
                        ?? min(max(0, elevation.min), elevation.max)),
                keepOut: keepOut, deadBandDegrees: deadBand)
        } catch {
            throw RotorSettingsError(message: error.description)
        }
    }
}
