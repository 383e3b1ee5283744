/// Finds the shortest way of a rotor that touches no keep-out sector.
///
/// Ways turn one axis after the other, along lines beside the sectors' edges: of all such ways one
/// of the least travel (both axes' degrees together) is taken. They keep their distance from edges
/// that they run along, because a rotor stops short of a corner; only where there is no such way
/// they may be narrower.
struct WayFinder {
    /// What may be passed.
    let limits: RotorSweep
    let forbidden: [RotorSweep]
    /// How far from an edge a way leads along it, and how deep a rotor that stands in a sector is
    /// taken as one that stands at its edge.
    let clearanceDegrees: Double

    struct Way {
        /// Which of the ends it leads to.
        let end: Int
        /// All ends of its legs but the last.
        let corners: [RotorPosition]
    }

    func isFree(_ sweep: RotorSweep) -> Bool {
        !forbidden.contains { $0.touches(sweep) }
    }

    func isFree(_ position: RotorPosition) -> Bool { isFree(RotorSweep(position)) }

    /// Where a rotor begins that stands there: within the limits, and at the edge of a sector that
    /// it stands in by a hair.
    ///
    /// - Returns: where its way begins, and whether it must first be sent there to leave a sector;
    ///   nil where there is no way out.
    func start(_ standing: RotorPosition) -> (position: RotorPosition, leaves: Bool)? {
        let inside = limits.clamped(standing.quantised)
        guard !isFree(inside) else { return (inside, false) }
        guard let exit = exits(from: inside).min(by: { $0.depth < $1.depth }) else { return nil }
        return exit.depth <= clearanceDegrees ? (exit.edge, false) : (exit.clear, true)
    }

    // MARK: Leaving a sector

    private struct Exit {
        let depth: Double
        /// The first position outside.
        let edge: RotorPosition
        /// A position with clearance, where there is room for it.
        let clear: RotorPosition
    }

    /// The ways straight out of a sector and of those that overlap it, on one axis each.
    private func exits(from position: RotorPosition) -> [Exit] {
        [RotorAxis.azimuth, .elevation].flatMap { axis in
            [-1.0, 1].compactMap { exit(from: position, axis, sign: $0) }
        }
    }

    private func exit(from position: RotorPosition, _ axis: RotorAxis, sign: Double) -> Exit? {
        var edge = position
        // Each sector is left once.
        for _ in forbidden {
            guard let around = forbidden.first(where: { $0.contains(edge) }) else { break }
            let range = around[axis]
            let bound = sign > 0 ? range.upperBound : range.lowerBound
            edge = edge.with(axis, Angles.quantised(bound + sign * Self.beyondDegrees))
        }
        guard limits.contains(edge), isFree(edge) else { return nil }
        let clear = limits.clamped(
            edge.with(axis, Angles.quantised(edge[axis] + sign * clearanceDegrees)))
        return Exit(
            depth: abs(edge[axis] - position[axis]), edge: edge,
            clear: isFree(RotorSweep(edge).joined(clear)) ? clear : edge)
    }

    /// The least that is outside of an edge: aims are whole micro-degrees.
    private static let beyondDegrees = 1e-6

    // MARK: Searching

    /// The shortest way to the best of some ends.
    ///
    /// - Parameters:
    ///   - start: within the limits and in no sector.
    ///   - ends: likewise; of two that are as far the one that stands before.
    func way(from start: RotorPosition, to ends: [RotorPosition]) -> Way? {
        let grid = Grid(self, points: [start] + ends)
        // A micro-degree less, for the lines at just this distance.
        let besideDegrees = clearanceDegrees - Self.beyondDegrees
        guard
            let path = grid.shortest(from: start, to: ends, besideDegrees: besideDegrees)
                ?? grid.shortest(from: start, to: ends, besideDegrees: 0)
        else { return nil }
        return Way(end: path.end, corners: shortened(path.positions))
    }

    /// Leaves out what both axes can pass at the same time.
    private func shortened(_ path: [RotorPosition]) -> [RotorPosition] {
        guard path.count > 2 else { return [] }
        var corners: [RotorPosition] = []
        var at = 0
        while at < path.count - 1 {
            let from = RotorSweep(path[at])
            // The next one is free, or there would be no such path.
            let next =
                path.indices.last { $0 > at && isFree(from.joined(path[$0])) } ?? at + 1
            if next < path.count - 1 { corners.append(path[next]) }
            at = next
        }
        return corners
    }

    /// The crossings of all lines along which a way may lead.
    private struct Grid {
        private let finder: WayFinder
        private let azimuths: [Double]
        private let elevations: [Double]

        init(_ finder: WayFinder, points: [RotorPosition]) {
            self.finder = finder
            azimuths = Self.lines(.azimuth, finder, points)
            elevations = Self.lines(.elevation, finder, points)
        }

        private static func lines(
            _ axis: RotorAxis, _ finder: WayFinder, _ points: [RotorPosition]
        ) -> [Double] {
            let limits = finder.limits[axis]
            var lines = Set(points.map { $0[axis] })
            for place in finder.forbidden {
                for (edge, sign) in [(place[axis].lowerBound, -1.0), (place[axis].upperBound, 1)] {
                    let line = Angles.quantised(edge + sign * finder.clearanceDegrees)
                    if limits.contains(line) { lines.insert(line) }
                }
            }
            return lines.sorted()
        }

        func shortest(
            from start: RotorPosition, to ends: [RotorPosition], besideDegrees: Double
        ) -> (end: Int, positions: [RotorPosition])? {
            guard let first = node(start) else { return nil }
            let beside = [RotorAxis.azimuth, .elevation].map { axis in
                finder.forbidden.map { $0.widened(axis, byDegrees: besideDegrees) }
            }
            let goals = ends.map(node)
            var best = [Double](repeating: .infinity, count: azimuths.count * elevations.count)
            var before = [Int](repeating: -1, count: best.count)
            // The nearest last.
            var frontier: [(travel: Double, node: Int)] = [(0, first)]
            var reached: (end: Int, travel: Double)?
            best[first] = 0
            while let (travel, node) = frontier.popLast() {
                guard travel <= best[node] else { continue }
                // Other ends may be as far.
                if let reached, Angles.quantised(travel) > Angles.quantised(reached.travel) {
                    break
                }
                if let end = goals.firstIndex(of: node), end <= reached?.end ?? end {
                    reached = (end, travel)
                }
                for next in neighbours(of: node) {
                    let longer = travel + position(node).travelDegrees(to: position(next))
                    guard longer < best[next], isFree(node, next, beside) else { continue }
                    best[next] = longer
                    before[next] = node
                    let place = frontier.firstPlace { ($0.travel, $0.node) < (longer, next) }
                    frontier.insert((longer, next), at: place)
                }
            }
            guard let reached, let goal = goals[reached.end] else { return nil }
            return (reached.end, path(to: goal, before))
        }

        private func node(_ position: RotorPosition) -> Int? {
            guard let column = azimuths.firstIndex(of: position.azimuthDegrees),
                let row = elevations.firstIndex(of: position.elevationDegrees)
            else { return nil }
            return row * azimuths.count + column
        }

        private func position(_ node: Int) -> RotorPosition {
            let (row, column) = node.quotientAndRemainder(dividingBy: azimuths.count)
            return RotorPosition(
                azimuthDegrees: azimuths[column], elevationDegrees: elevations[row])
        }

        private func neighbours(of node: Int) -> [Int] {
            let (row, column) = node.quotientAndRemainder(dividingBy: azimuths.count)
            var nodes: [Int] = []
            if column > 0 { nodes.append(node - 1) }
            if column + 1 < azimuths.count { nodes.append(node + 1) }
            if row > 0 { nodes.append(node - azimuths.count) }
            if row + 1 < elevations.count { nodes.append(node + azimuths.count) }
            return nodes
        }

        /// - Parameter beside: the sectors, wider in azimuth and wider in elevation: for legs that
        ///   turn the other axis.
        private func isFree(_ one: Int, _ other: Int, _ beside: [[RotorSweep]]) -> Bool {
            let leg = RotorSweep(position(one)).joined(position(other))
            let azimuths = leg[.azimuth]
            let turnsAzimuth = azimuths.lowerBound < azimuths.upperBound
            return !beside[turnsAzimuth ? 1 : 0].contains { $0.touches(leg) }
        }

        private func path(to node: Int, _ before: [Int]) -> [RotorPosition] {
            var nodes = [node]
            var at = before[node]
            while at >= 0 {
                nodes.append(at)
                at = before[at]
            }
            return nodes.reversed().map(position)
        }
    }
}

/// One of a rotor's two axes.
enum RotorAxis {
    case azimuth
    case elevation
}

extension RotorPosition {
    subscript(axis: RotorAxis) -> Double {
        switch axis {
        case .azimuth: azimuthDegrees
        case .elevation: elevationDegrees
        }
    }

    func with(_ axis: RotorAxis, _ degrees: Double) -> RotorPosition {
        switch axis {
        case .azimuth:
            RotorPosition(azimuthDegrees: degrees, elevationDegrees: elevationDegrees)
        case .elevation:
            RotorPosition(azimuthDegrees: azimuthDegrees, elevationDegrees: degrees)
        }
    }

    var quantised: RotorPosition {
        RotorPosition(
            azimuthDegrees: Angles.quantised(azimuthDegrees),
            elevationDegrees: Angles.quantised(elevationDegrees))
    }
}

extension RotorSweep {
    subscript(axis: RotorAxis) -> ClosedRange<Double> {
        switch axis {
        case .azimuth: azimuthDegrees
        case .elevation: elevationDegrees
        }
    }

    func widened(_ axis: RotorAxis, byDegrees degrees: Double) -> RotorSweep {
        let wide = (self[axis].lowerBound - degrees)...(self[axis].upperBound + degrees)
        return switch axis {
        case .azimuth: RotorSweep(wide, elevationDegrees)
        case .elevation: RotorSweep(azimuthDegrees, wide)
        }
    }
}

extension Array {
    /// The first place in a sorted array whose element fulfils a condition that all behind it do.
    fileprivate func firstPlace(where isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
