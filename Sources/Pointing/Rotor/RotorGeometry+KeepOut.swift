extension RotorGeometry {
    /// What the rotor's ways keep to.
    var ways: WayFinder {
        let limits: RotorSweep
        switch axes {
        case .azimuth: limits = RotorSweep(azimuthDegrees, 0...0)
        case .azimuthAndElevation:
            let lowest = min(park.elevationDegrees, elevationDegrees.lowerBound)
            limits = RotorSweep(azimuthDegrees, lowest...elevationDegrees.upperBound)
        }
        return WayFinder(
            limits: limits,
            forbidden: keepOut.flatMap(places(of:)).filter { $0.touches(limits) },
            clearanceDegrees: clearanceDegrees)
    }

    /// How far from the edges of sectors ways lead: a rotor may stand off them by as much.
    package var clearanceDegrees: Double { deadBandDegrees + Self.sensorDegrees }

    /// How far off a rotor's sensor, play and brakes may leave it, beside its dead band.
    package static let sensorDegrees = 1.0

    /// A rotor that turns in azimuth only has no elevation, whatever its controller says.
    func positionOnAxes(_ position: RotorPosition) -> RotorPosition {
        axes == .azimuth ? position.with(.elevation, 0) : position
    }

    /// The sector that forbids a position.
    func sector(around position: RotorPosition) -> KeepOutSector? {
        keepOut.first { places(of: $0).contains { $0.contains(positionOnAxes(position)) } }
    }

    /// All that a sector forbids of this rotor's scale.
    private func places(of sector: KeepOutSector) -> [RotorSweep] {
        sector.forbids(axes, beyondZenith: elevationDegrees.upperBound > 90)
    }

    /// Where a rotor may be that was seen there: at the edge of a sector that it stands in by a
    /// hair. Nil for a position that is not known.
    package func sweep(seenAt position: RotorPosition) -> RotorSweep? {
        guard position.isFinite else { return nil }
        let onAxes = positionOnAxes(position)
        guard let start = ways.start(onAxes), !start.leaves else { return RotorSweep(onAxes) }
        return RotorSweep(start.position)
    }

    /// The furthest leg of a move that a rotor can be sent to from wherever it is now.
    ///
    /// - Parameter area: where it may be: between where it was seen last and all to which it may
    ///   be on its way.
    /// - Returns: which leg; nil where it has to go on as it does for now.
    package func leg(of move: RotorMove, from area: RotorSweep) -> Int? {
        if keepOut.isEmpty { return 0 }
        if move.leavesSector { return 0 }
        let ways = ways
        return move.legs.indices.last {
            ways.isFree(area.joined(positionOnAxes(move.legs[$0])))
        }
    }
}

extension RotorPosition {
    /// Whether both are numbers of degrees.
    package var isFinite: Bool { azimuthDegrees.isFinite && elevationDegrees.isFinite }
}
