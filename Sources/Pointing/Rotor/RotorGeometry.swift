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
    /// Where it neither points nor turns through.
    package let keepOut: [KeepOutSector]
    /// Differences up to this are not worth a move.
    package let deadBandDegrees: Double

    /// A station has a mast, a house and a neighbour or two; the planner's work grows with the
    /// square of their number.
    package static let keepOutSectors = 0...8

    /// All angles but the dead band are rounded to whole micro-degrees, as aims are.
    ///
    /// - Throws: which value is wrong.
    package init(
        axes: Axes = .azimuthAndElevation, minAzimuthDegrees: Double = 0,
        maxAzimuthDegrees: Double = 360, minElevationDegrees: Double = 0,
        maxElevationDegrees: Double = 90, park: RotorPosition? = nil,
        keepOut: [KeepOutSector] = [], deadBandDegrees: Double = 1
    ) throws(RotorGeometryError) {
        guard
            let azimuths = Self.range(minAzimuthDegrees, maxAzimuthDegrees, within: -720...720),
            azimuths.upperBound - azimuths.lowerBound <= 720
        else { throw .azimuthRange }
        guard
            let elevations = Self.range(minElevationDegrees, maxElevationDegrees, within: -90...180)
        else { throw .elevationRange }
        guard (0...45).contains(deadBandDegrees) else { throw .deadBand }
        // A rotor whose range does not hold north and horizon parks at the nearest corner.
        let park = RotorPosition(
            azimuthDegrees: Angles.quantised(
                park?.azimuthDegrees ?? min(max(0, azimuths.lowerBound), azimuths.upperBound)),
            elevationDegrees: Angles.quantised(
                park?.elevationDegrees ?? min(max(0, elevations.lowerBound), elevations.upperBound)
            ))
        guard azimuths.contains(park.azimuthDegrees) else { throw .parkAzimuth }
        // The lowest elevation for pointing may be a roof or a hill; parking below it is usual.
        guard
            (min(0, elevations.lowerBound)...elevations.upperBound).contains(park.elevationDegrees)
        else { throw .parkElevation }
        self.axes = axes
        azimuthDegrees = azimuths
        elevationDegrees = elevations
        self.park = park
        self.deadBandDegrees = deadBandDegrees
        self.keepOut = keepOut
        guard Self.keepOutSectors.contains(keepOut.count) else { throw .keepOutCount }
        guard ways.isFree(positionOnAxes(park)) else { throw .parkKeptOut }
    }

    /// Nil unless both ends are within the bounds and one is above the other.
    private static func range(
        _ lower: Double, _ upper: Double, within bounds: ClosedRange<Double>
    ) -> ClosedRange<Double>? {
        guard bounds.contains(lower), bounds.contains(upper) else { return nil }
        let (lower, upper) = (Angles.quantised(lower), Angles.quantised(upper))
        return lower < upper ? lower...upper : nil
    }
}
