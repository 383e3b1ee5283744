/// Which of a rotor's values cannot be.
package enum RotorGeometryError: Error, Sendable, Equatable, CustomStringConvertible {
    case azimuthRange
    case elevationRange
    case parkAzimuth
    case parkElevation
    case deadBand
    case keepOutCount
    case keepOutAzimuth
    case keepOutElevation
    case parkKeptOut

    package var description: String {
        switch self {
        case .azimuthRange:
            "min_azimuth must be below max_azimuth, both from -720 to 720 and at most 720 apart"
        case .elevationRange:
            "min_elevation must be below max_elevation, both from -90 to 180"
        case .parkAzimuth: "park_az must lie between min_azimuth and max_azimuth"
        case .parkElevation: "park_el must lie between 0 (or min_elevation) and max_elevation"
        case .deadBand: "deadband must be from 0 to 45 degrees"
        case .keepOutCount:
            "keep_out must have at most \(RotorGeometry.keepOutSectors.upperBound) sectors"
        case .keepOutAzimuth:
            "min_azimuth and max_azimuth of keep_out must differ, both from 0 to 360; a sector "
                + "that holds north ends below where it begins"
        case .keepOutElevation:
            "min_elevation of keep_out must be below max_elevation, both from -90 to 90"
        case .parkKeptOut: "park_az and park_el must not lie in a sector of keep_out"
        }
    }
}
