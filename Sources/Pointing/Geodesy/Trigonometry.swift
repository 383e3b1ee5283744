/// Sine, cosine and arc tangent out of additions, multiplications, divisions and square roots.
///
/// A C library's differ in the last bits between its versions and between processors (it picks
/// variants with fused multiplication when it is loaded), so that a run recorded on one machine
/// could branch elsewhere on another. IEEE 754 says what each operation used here comes to, and
/// Swift fuses none, so these give the same bits on every machine. They are within a few units in
/// the last place of the exact value.
enum Trigonometry {
    /// Exact at multiples of 90 degrees: at a pole the cosine of the latitude is zero.
    static func sineAndCosine(degrees: Double) -> (sine: Double, cosine: Double) {
        // Both remainders are exact, however many turns there are.
        let turn = degrees.truncatingRemainder(dividingBy: 360)
        let rest = turn.remainder(dividingBy: 90)
        let (sine, cosine) = series(rest * .pi / 180)
        switch (turn - rest) / 90 {
        case 0, 4, -4: return (sine, cosine)
        case 1, -3: return (cosine, -sine)
        case 2, -2: return (-sine, -cosine)
        default: return (-cosine, sine)
        }
    }

    /// The angle, −180…180, from the x axis to a point; zero for the origin.
    static func arcTangentDegrees(y: Double, x: Double) -> Double {
        let (rise, run) = (abs(y), abs(x))
        guard rise > 0 || run > 0 else { return 0 }
        let acute =
            rise <= run ? arcTangentDegrees(rise / run) : 90 - arcTangentDegrees(run / rise)
        let upper = x < 0 ? 180 - acute : acute
        return y < 0 ? -upper : upper
    }

    /// The Taylor series, for −π/4…π/4, where what is left out is below 1e-17.
    private static func series(_ angle: Double) -> (sine: Double, cosine: Double) {
        let square = angle * angle
        var sineTail = 0.0
        var cosineTail = 0.0
        for even in stride(from: 16, through: 2, by: -2) {
            let term = Double(even)
            sineTail = -square / (term * (term + 1)) * (1 + sineTail)
            cosineTail = -square / ((term - 1) * term) * (1 + cosineTail)
        }
        return (angle + angle * sineTail, 1 + cosineTail)
    }

    /// For a tangent of 0…1: halves the angle three times, then sums the series, where what is
    /// left out is below 1e-18.
    private static func arcTangentDegrees(_ tangent: Double) -> Double {
        var tangent = tangent
        for _ in 0..<3 { tangent /= 1 + (1 + tangent * tangent).squareRoot() }
        let square = tangent * tangent
        var sum = 0.0
        for odd in stride(from: 17, through: 1, by: -2) { sum = 1 / Double(odd) - square * sum }
        return 8 * tangent * sum * 180 / .pi
    }
}
