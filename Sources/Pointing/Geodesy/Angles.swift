import Glibc

/// Arithmetic of angles in degrees.
package enum Angles {
    /// The angle as a whole number of micro-degrees, a tenth of a metre on the ground.
    package static func quantised(_ degrees: Double) -> Double {
        // Adding zero turns minus zero into zero.
        (degrees * 1e6).rounded() / 1e6 + 0
    }

    /// The same direction in 0..<360.
    package static func wrapped(_ degrees: Double) -> Double {
        let remainder = degrees.truncatingRemainder(dividingBy: 360)
        let positive = remainder < 0 ? remainder + 360 : remainder
        return positive >= 360 ? 0 : positive
    }

    /// The angle whose tangent is `opposite / adjacent`, quantised.
    package static func arcTangentDegrees(_ opposite: Double, _ adjacent: Double) -> Double {
        quantised(atan2(opposite, adjacent) * 180 / .pi)
    }
}
