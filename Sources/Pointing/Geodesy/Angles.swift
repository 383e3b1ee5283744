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
        // Adding zero turns minus zero into zero.
        return positive >= 360 ? 0 : positive + 0
    }

    /// The same direction in 0..<360, in whole micro-degrees.
    package static func compass(_ degrees: Double) -> Double {
        let quantised = quantised(wrapped(degrees))
        return quantised >= 360 ? 0 : quantised
    }

    /// The angle whose tangent is `opposite / adjacent`, quantised.
    package static func arcTangentDegrees(_ opposite: Double, _ adjacent: Double) -> Double {
        quantised(Trigonometry.arcTangentDegrees(y: opposite, x: adjacent))
    }
}
