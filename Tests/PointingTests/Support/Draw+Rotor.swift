@testable import Pointing

extension Draw {
    /// Any geometry that there can be, common ones more often than chance would have it.
    mutating func geometry(axes: RotorGeometry.Axes? = nil) throws -> RotorGeometry {
        let common: [(Double, Double)] = [
            (0, 360), (0, 450), (-180, 180), (-180, 540), (-90, 450), (180, 540), (0, 180),
            (-720, 0), (0, 720), (-360, 360), (359.5, 360.5),
        ]
        var (low, high) = pick(common)
        if chance(0.7) {
            low = angle(-720...719, special: [-720, -360, -180, 0, 90, 360])
            high = min(720, low + angle(0.01...720, special: [1, 90, 359.999999, 360, 450, 720]))
        }
        var (lowest, highest) = (0.0, 90.0)
        if chance(0.6) {
            lowest = angle(-90...89, special: [-90, -5, 0, 5, 10])
            highest = lowest + number(0.01...(180 - lowest))
        }
        return try RotorGeometry(
            axes: axes ?? (chance(0.2) ? .azimuth : .azimuthAndElevation),
            minAzimuthDegrees: low, maxAzimuthDegrees: high, minElevationDegrees: lowest,
            maxElevationDegrees: highest, deadBandDegrees: angle(0...45, special: [0, 0.5, 1, 5]))
    }

    /// Where a rotor may be found: mostly within its limits, else pushed beyond them by hand.
    mutating func standing(_ geometry: RotorGeometry) -> RotorPosition? {
        guard !chance(0.1) else { return nil }
        let (turn, height) = (geometry.azimuthDegrees, geometry.elevationDegrees)
        let outside = chance(0.1)
        return RotorPosition(
            azimuthDegrees: outside
                ? number(-800...800)
                : angle(turn, special: [turn.lowerBound, turn.upperBound, 0, 360]),
            elevationDegrees: outside ? number(-100...190) : number(height))
    }

    /// A direction to go to, often on or beside a seam.
    mutating func direction() -> (azimuth: Double, elevation: Double) {
        (
            angle(-800...800, special: [0, 360, 180, -180, 359.9999999, 0.0000001, 90, 450]),
            angle(-90...180, special: [0, -0.5, 0.000001, 45, 90, -90, 5])
        )
    }
}
