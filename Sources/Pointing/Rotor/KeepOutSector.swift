/// A part of the sky that a rotor neither points at nor sweeps across: a mast that the antenna
/// would hit, a house with people in it. Its edges belong to it.
package struct KeepOutSector: Sendable, Hashable {
    /// Where it begins, clockwise, in compass degrees.
    package let minAzimuthDegrees: Double
    /// Where it ends; below the beginning in a sector that holds north.
    package let maxAzimuthDegrees: Double
    /// Of no matter for a rotor that turns in azimuth only.
    package let elevationDegrees: ClosedRange<Double>

    /// All elevations, for a sector that names none.
    package static let allElevationsDegrees = -90.0...90

    /// Rounded to whole micro-degrees, as aims are.
    ///
    /// - Throws: which value is wrong.
    package init(
        minAzimuthDegrees: Double, maxAzimuthDegrees: Double,
        elevationDegrees: (min: Double, max: Double) = (
            allElevationsDegrees.lowerBound, allElevationsDegrees.upperBound
        )
    ) throws(RotorGeometryError) {
        let compass = 0.0...360
        let azimuths = (
            Angles.quantised(minAzimuthDegrees), Angles.quantised(maxAzimuthDegrees)
        )
        guard compass.contains(azimuths.0), compass.contains(azimuths.1), azimuths.0 != azimuths.1
        else { throw .keepOutAzimuth }
        let elevations = (
            Angles.quantised(elevationDegrees.min), Angles.quantised(elevationDegrees.max)
        )
        guard Self.allElevationsDegrees.contains(elevations.0),
            Self.allElevationsDegrees.contains(elevations.1), elevations.0 < elevations.1
        else { throw .keepOutElevation }
        (self.minAzimuthDegrees, self.maxAzimuthDegrees) = azimuths
        self.elevationDegrees = elevations.0...elevations.1
    }

    /// What it forbids of a rotor's own scale, where it may be found: once for each turn, and once
    /// more for positions beyond the zenith, which point the other way.
    func forbids(_ axes: RotorGeometry.Axes, beyondZenith: Bool) -> [RotorSweep] {
        let width = maxAzimuthDegrees - minAzimuthDegrees
        let end = minAzimuthDegrees + (width > 0 ? width : width + 360)
        var places: [RotorSweep] = []
        for turn in -4...3 {
            let start = Double(turn) * 360
            let azimuths = (minAzimuthDegrees + start)...(end + start)
            guard axes == .azimuthAndElevation else {
                places.append(RotorSweep(azimuths, RotorSweep.everyElevationDegrees))
                continue
            }
            places.append(RotorSweep(azimuths, elevationDegrees))
            guard beyondZenith else { continue }
            places.append(
                RotorSweep(
                    (azimuths.lowerBound + 180)...(azimuths.upperBound + 180),
                    (180 - elevationDegrees.upperBound)...(180 - elevationDegrees.lowerBound)))
        }
        return places
    }
}
