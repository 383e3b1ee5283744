/// A way that a rotor goes: straight in its own degrees, so it stays between its ends.
package struct RotorMove: Sendable, Hashable {
    /// Nil when it is not known where the rotor stands.
    package let from: RotorPosition?
    package let to: RotorPosition
}

/// Why a rotor cannot point in a direction.
package enum Unreachable: Error, Sendable, Equatable, CustomStringConvertible {
    case belowMinimumElevation(elevationDegrees: Double, minimumDegrees: Double)
    case aboveMaximumElevation(elevationDegrees: Double, maximumDegrees: Double)
    case azimuthOutsideLimits(azimuthDegrees: Double, limits: ClosedRange<Double>)

    package var description: String {
        switch self {
        case .belowMinimumElevation(let elevation, let minimum):
            (elevation < 0 ? "the target is below the horizon: " : "")
                + "elevation \(Self.text(elevation)) is below the minimum of \(Self.text(minimum))"
        case .aboveMaximumElevation(let elevation, let maximum):
            "elevation \(Self.text(elevation)) is above the maximum of \(Self.text(maximum))"
        case .azimuthOutsideLimits(let azimuth, let limits):
            "azimuth \(Self.text(azimuth)) is outside the limits of "
                + "\(Self.text(limits.lowerBound)) to \(Self.text(limits.upperBound))"
        }
    }

    /// Degrees with at most two decimals.
    private static func text(_ degrees: Double) -> String {
        let rounded = (degrees * 100).rounded() / 100 + 0
        let text = rounded.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension RotorGeometry {
    /// The shortest legal way to a direction.
    ///
    /// Of the rotor's positions that point there (a full turn apart) it takes the nearest one
    /// within the limits; where two are equally near, the one further from its stop. Because the
    /// rotor goes straight between two positions of one range, it never crosses a stop: where the
    /// short way round would, the nearest legal position lies the other way round, and the rotor
    /// unwinds.
    ///
    /// - Parameters:
    ///   - from: where the rotor stands or was sent last; nil takes the position nearest to the
    ///     middle of the range.
    ///   - azimuthDegrees: any number of turns.
    package func plan(
        from: RotorPosition?, azimuthDegrees azimuth: Double, elevationDegrees elevation: Double
    ) -> Result<RotorMove, Unreachable> {
        let targetElevation: Double
        switch axes {
        case .azimuth:
            targetElevation = elevationDegrees.lowerBound
        case .azimuthAndElevation:
            guard elevation >= elevationDegrees.lowerBound else {
                return .failure(
                    .belowMinimumElevation(
                        elevationDegrees: elevation, minimumDegrees: elevationDegrees.lowerBound))
            }
            guard elevation <= elevationDegrees.upperBound else {
                return .failure(
                    .aboveMaximumElevation(
                        elevationDegrees: elevation, maximumDegrees: elevationDegrees.upperBound))
            }
            targetElevation = elevation
        }
        let middle = (azimuthDegrees.lowerBound + azimuthDegrees.upperBound) / 2
        let reference = from?.azimuthDegrees ?? middle
        let candidates = positions(pointingTo: azimuth)
        guard
            let best = candidates.min(by: { one, other in
                let (near, far) = (abs(one - reference), abs(other - reference))
                return near != far ? near < far : abs(one - middle) < abs(other - middle)
            })
        else {
            return .failure(
                .azimuthOutsideLimits(
                    azimuthDegrees: Angles.wrapped(azimuth), limits: azimuthDegrees))
        }
        return .success(
            RotorMove(
                from: from,
                to: RotorPosition(azimuthDegrees: best, elevationDegrees: targetElevation)))
    }

    /// Every azimuth of the rotor's own range that points to a compass azimuth, lowest first.
    private func positions(pointingTo azimuth: Double) -> [Double] {
        let wrapped = Angles.wrapped(azimuth)
        // The range lies within ±720, so three turns either way hold every candidate.
        return (-3...2).map { wrapped + Double($0) * 360 }.filter(azimuthDegrees.contains)
    }
}
