/// Why a rotor cannot point in a direction.
package enum Unreachable: Error, Sendable, Equatable, CustomStringConvertible {
    case belowMinimumElevation(elevationDegrees: Double, minimumDegrees: Double)
    case aboveMaximumElevation(elevationDegrees: Double, maximumDegrees: Double)
    case azimuthOutsideLimits(azimuthDegrees: Double, limits: ClosedRange<Double>)
    case keptOut(KeepOutSector, axes: RotorGeometry.Axes)
    case noWayAround

    package var description: String {
        switch self {
        case .belowMinimumElevation(let elevation, let minimum):
            let (low, limit) = Self.texts(elevation, minimum)
            return (elevation < 0 ? "the target is below the horizon: " : "")
                + "elevation \(low) is below the minimum of \(limit)"
        case .aboveMaximumElevation(let elevation, let maximum):
            let (high, limit) = Self.texts(elevation, maximum)
            return "elevation \(high) is above the maximum of \(limit)"
        case .azimuthOutsideLimits(let azimuth, let limits):
            let nearest = azimuth > limits.upperBound ? limits.upperBound : limits.lowerBound
            return "azimuth \(Self.texts(azimuth, nearest).0) is outside the limits of "
                + "\(Self.text(limits.lowerBound, 100)) to \(Self.text(limits.upperBound, 100))"
        case .keptOut(let sector, let axes):
            let azimuths = (sector.minAzimuthDegrees, sector.maxAzimuthDegrees)
            let elevations = sector.elevationDegrees
            return "the target is in the keep-out sector of azimuth "
                + "\(Self.text(azimuths.0, 100)) to \(Self.text(azimuths.1, 100))"
                + (axes == .azimuth
                    ? ""
                    : ", elevation \(Self.text(elevations.lowerBound, 100)) to "
                        + Self.text(elevations.upperBound, 100))
        case .noWayAround:
            return "the keep-out sectors leave no way there"
        }
    }

    /// Degrees with at most two decimals, or with so many that one is not shown as the other.
    private static func texts(_ value: Double, _ limit: Double) -> (String, String) {
        let scale = [1e2, 1e3, 1e4, 1e5].first { text(value, $0) != text(limit, $0) } ?? 1e6
        return (text(value, scale), text(limit, scale))
    }

    private static func text(_ degrees: Double, _ scale: Double) -> String {
        let text = ((degrees * scale).rounded() / scale + 0).description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
