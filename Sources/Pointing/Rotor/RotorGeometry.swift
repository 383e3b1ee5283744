/// How far a rotor turns, and how exactly it is asked to.
package struct RotorGeometry: Sendable, Hashable {
    package enum Axes: Sendable, Hashable {
        /// Azimuth only: elevations are ignored.
        case azimuth
        case azimuthAndElevation
    }

    package let axes: Axes
    /// The rotor's own range, up to two turns: 0…450 and −180…180 are common.
    package let azimuthDegrees: ClosedRange<Double>
    /// What may be pointed at; parking may be lower.
    package let elevationDegrees: ClosedRange<Double>
    package let park: RotorPosition
    /// Differences up to this are not worth a move.
    package let deadBandDegrees: Double

    /// - Throws: which value is wrong.
    package init(
        axes: Axes = .azimuthAndElevation, minAzimuthDegrees: Double = 0,
        maxAzimuthDegrees: Double = 360, minElevationDegrees: Double = 0,
        maxElevationDegrees: Double = 90, park: RotorPosition? = nil,
        deadBandDegrees: Double = 1
    ) throws(RotorGeometryError) {
        for azimuth in [minAzimuthDegrees, maxAzimuthDegrees] where !(-720...720).contains(azimuth)
        {
            throw .azimuthRange
        }
        guard minAzimuthDegrees < maxAzimuthDegrees,
            maxAzimuthDegrees - minAzimuthDegrees <= 720
        else { throw .azimuthRange }
        for elevation in [minElevationDegrees, maxElevationDegrees]
        where !(-90...180).contains(elevation) {
            throw .elevationRange
        }
        guard minElevationDegrees < maxElevationDegrees else { throw .elevationRange }
        guard (0...45).contains(deadBandDegrees) else { throw .deadBand }
        let azimuths = minAzimuthDegrees...maxAzimuthDegrees
        // A rotor whose range does not hold north and horizon parks at the nearest corner.
        let park =
            park
            ?? RotorPosition(
                azimuthDegrees: min(max(0, minAzimuthDegrees), maxAzimuthDegrees),
                elevationDegrees: min(max(0, minElevationDegrees), maxElevationDegrees))
        guard azimuths.contains(park.azimuthDegrees) else { throw .parkAzimuth }
        // The lowest elevation for pointing may be a roof or a hill; parking below it is usual.
        guard (min(0, minElevationDegrees)...maxElevationDegrees).contains(park.elevationDegrees)
        else { throw .parkElevation }
        self.axes = axes
        self.azimuthDegrees = azimuths
        self.elevationDegrees = minElevationDegrees...maxElevationDegrees
        self.park = park
        self.deadBandDegrees = deadBandDegrees
    }
}

/// Which of a rotor's values cannot be.
package enum RotorGeometryError: Error, Sendable, Equatable, CustomStringConvertible {
    case azimuthRange
    case elevationRange
    case parkAzimuth
    case parkElevation
    case deadBand

    package var description: String {
        switch self {
        case .azimuthRange:
            "min_azimuth must be below max_azimuth, both from -720 to 720 and at most 720 apart"
        case .elevationRange:
            "min_elevation must be below max_elevation, both from -90 to 180"
        case .parkAzimuth: "park_az must lie between min_azimuth and max_azimuth"
        case .parkElevation: "park_el must lie between 0 (or min_elevation) and max_elevation"
        case .deadBand: "deadband must be from 0 to 45 degrees"
        }
    }
}
