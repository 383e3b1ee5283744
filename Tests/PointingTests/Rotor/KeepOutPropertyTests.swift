import TestSupport
import Testing

@testable import Pointing

/// What holds for every way round sectors, over random geometries, places and directions.
@Suite(.quiet) struct KeepOutPropertyTests {
    @Test func `no leg touches a sector, and every one is within the limits`() throws {
        var draw = Draw(seed: 50)
        var (around, refused, leaving) = (0, 0, 0)
        for _ in 0..<1500 {
            let geometry = try draw.keepOutGeometry()
            let ways = geometry.ways
            let from = draw.place(geometry)
            let (azimuth, elevation) = draw.direction()
            guard
                let move = try? geometry.plan(
                    from: from, azimuthDegrees: azimuth, elevationDegrees: elevation
                ).get()
            else {
                refused += 1
                continue
            }
            var at = geometry.positionOnAxes(from)
            var legs = move.legs.map(geometry.positionOnAxes)
            if move.leavesSector {
                leaving += 1
                at = legs.removeFirst()
            } else {
                at = try #require(ways.start(at)).position
            }
            if legs.count > 1 { around += 1 }
            for leg in legs {
                let sweep = RotorSweep(at).joined(leg)
                #expect(ways.isFree(sweep), "\(geometry) \(from) \(move)")
                #expect(ways.limits.contains(leg))
                #expect(leg == leg.quantised)
                at = leg
            }
        }
        // The cases test all of them.
        #expect(around > 50 && refused > 50 && leaving > 50)
    }

    /// Fills the sky from the start, in steps of a degree, wherever there is the clearance.
    @Test func `where there is a way with clearance one is found`() throws {
        var draw = Draw(seed: 51)
        var (found, none) = (0, 0)
        for _ in 0..<120 {
            let geometry = try draw.keepOutGeometry(inDegrees: true)
            let sky = Sky(geometry)
            let (from, to) = (draw.place(in: sky), draw.place(in: sky))
            guard let from, let to else { continue }
            let way = geometry.ways.way(from: from, to: [to])
            if sky.reaches(to, from: from) {
                found += 1
                #expect(way != nil, "\(geometry) \(from) \(to)")
            } else {
                none += 1
            }
        }
        #expect(found > 30 && none > 10)
    }

    @Test func `no way is shorter than straight, and a free one is straight`() throws {
        var draw = Draw(seed: 52)
        var straight = 0
        for _ in 0..<500 {
            let geometry = try draw.keepOutGeometry()
            let ways = geometry.ways
            let (one, other) = (draw.place(geometry).quantised, draw.place(geometry).quantised)
            let ends = [one, other].map { ways.limits.clamped(geometry.positionOnAxes($0)) }
            guard ends.allSatisfy({ ways.isFree($0) }) else { continue }
            guard let way = ways.way(from: ends[0], to: [ends[1]]) else { continue }
            let least =
                abs(ends[0].azimuthDegrees - ends[1].azimuthDegrees)
                + abs(ends[0].elevationDegrees - ends[1].elevationDegrees)
            let places = [ends[0]] + way.corners + [ends[1]]
            let travel = zip(places, places.dropFirst()).reduce(0) {
                $0 + $1.0.travelDegrees(to: $1.1)
            }
            #expect(travel >= least - 1e-6)
            guard ways.isFree(RotorSweep(ends[0]).joined(ends[1])) else { continue }
            straight += 1
            #expect(way.corners.isEmpty && travel <= least + 1e-6)
        }
        #expect(straight > 50)
    }
}

/// The places of a geometry in whole degrees that are clear of its sectors.
private struct Sky {
    private let limits: RotorSweep
    private let forbidden: [RotorSweep]

    init(_ geometry: RotorGeometry) {
        limits = geometry.ways.limits
        // Open, so that ways may lead along the edge of the clearance.
        let clear = geometry.ways.clearanceDegrees - 1e-6
        forbidden = geometry.ways.forbidden.map {
            RotorSweep(
                ($0.azimuthDegrees.lowerBound - clear)...($0.azimuthDegrees.upperBound + clear),
                ($0.elevationDegrees.lowerBound - clear)...($0.elevationDegrees.upperBound + clear))
        }
    }

    var azimuths: ClosedRange<Int> { whole(limits.azimuthDegrees) }
    var elevations: ClosedRange<Int> { whole(limits.elevationDegrees) }

    private func whole(_ range: ClosedRange<Double>) -> ClosedRange<Int> {
        Int(range.lowerBound.rounded(.up))...Int(range.upperBound.rounded(.down))
    }

    func isClear(_ azimuth: Int, _ elevation: Int) -> Bool {
        guard azimuths.contains(azimuth), elevations.contains(elevation) else { return false }
        let place = RotorPosition(
            azimuthDegrees: Double(azimuth), elevationDegrees: Double(elevation))
        return !forbidden.contains { $0.contains(place) }
    }

    func reaches(_ to: RotorPosition, from: RotorPosition) -> Bool {
        var seen: Set<[Int]> = []
        var open = [[Int(from.azimuthDegrees), Int(from.elevationDegrees)]]
        let end = [Int(to.azimuthDegrees), Int(to.elevationDegrees)]
        while let place = open.popLast() {
            if place == end { return true }
            guard isClear(place[0], place[1]), seen.insert(place).inserted else { continue }
            open += [
                [place[0] - 1, place[1]], [place[0] + 1, place[1]], [place[0], place[1] - 1],
                [place[0], place[1] + 1],
            ]
        }
        return false
    }
}

extension Draw {
    /// A common rotor with one to five sectors, and its parking place in none of them.
    fileprivate mutating func keepOutGeometry(inDegrees: Bool = false) throws -> RotorGeometry {
        let (low, high) = pick([(0.0, 360.0), (0, 450), (-180, 180), (-180, 540), (-90, 450)])
        while true {
            var sectors: [KeepOutSector] = []
            for _ in 0..<Int(number(1...5)) {
                let from = number(0...360)
                let width = number(2...(chance(0.3) ? 300 : 60))
                let bottom = chance(0.6) ? 0.0 : number(0...80)
                let top = chance(0.2) ? 90.0 : bottom + number(1...(90 - bottom))
                let all = [from, (from + width).truncatingRemainder(dividingBy: 360), bottom, top]
                    .map { inDegrees ? $0.rounded() : $0 }
                let sector = try? KeepOutSector(
                    minAzimuthDegrees: all[0], maxAzimuthDegrees: all[1],
                    elevationDegrees: (all[2], all[3]))
                if let sector { sectors.append(sector) }
            }
            let geometry = try? RotorGeometry(
                axes: chance(0.1) && !inDegrees ? .azimuth : .azimuthAndElevation,
                minAzimuthDegrees: low, maxAzimuthDegrees: high,
                maxElevationDegrees: chance(0.2) ? 180 : 90, keepOut: sectors,
                deadBandDegrees: inDegrees ? 1 : angle(0...5, special: [0, 1, 3]))
            if let geometry { return geometry }
        }
    }

    /// Somewhere within the limits, or a little beyond.
    fileprivate mutating func place(_ geometry: RotorGeometry) -> RotorPosition {
        let (turn, height) = (geometry.azimuthDegrees, geometry.elevationDegrees)
        return RotorPosition(
            azimuthDegrees: number((turn.lowerBound - 2)...(turn.upperBound + 2)),
            elevationDegrees: number((height.lowerBound - 2)...(height.upperBound + 2)))
    }

    /// Somewhere clear; nil where that is hard to find.
    fileprivate mutating func place(in sky: Sky) -> RotorPosition? {
        for _ in 0..<100 {
            let azimuth = Int(
                number(Double(sky.azimuths.lowerBound)...Double(sky.azimuths.upperBound)))
            let elevation = Int(
                number(Double(sky.elevations.lowerBound)...Double(sky.elevations.upperBound)))
            if sky.isClear(azimuth, elevation) {
                return RotorPosition(
                    azimuthDegrees: Double(azimuth), elevationDegrees: Double(elevation))
            }
        }
        return nil
    }
}
