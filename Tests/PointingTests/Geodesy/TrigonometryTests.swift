import Glibc
import Testing

@testable import Pointing

@Suite struct TrigonometryTests {
    @Test func `sine and cosine are those of the C library but for the last bits`() {
        var draw = Draw(seed: 1)
        for _ in 0..<20_000 {
            let degrees = draw.angle(-720...720, special: [1e-9, 30, 45, 60, 89.999999, 135, 359])
            let (sine, cosine) = Trigonometry.sineAndCosine(degrees: degrees)
            // The C library is handed an angle that was rounded three times on its way.
            let theirError = abs(degrees) * .pi / 180 * 3.4e-16 + 3e-16
            #expect(abs(sine - sin(degrees * .pi / 180)) <= theirError, "\(degrees)")
            #expect(abs(cosine - cos(degrees * .pi / 180)) <= theirError, "\(degrees)")
        }
    }

    @Test func `small angles keep their relative precision`() {
        for exponent in 1...300 {
            let degrees = pow(10, -Double(exponent))
            let expected = sin(degrees * .pi / 180)
            let sine = Trigonometry.sineAndCosine(degrees: degrees).sine
            #expect(abs(sine - expected) <= expected * 1e-15)
            let angle = Trigonometry.arcTangentDegrees(y: degrees, x: 1)
            #expect(abs(angle - atan(degrees) * 180 / .pi) <= angle * 1e-15)
        }
    }

    @Test(arguments: [(0.0, 0.0, 1.0), (90, 1, 0), (180, 0, -1), (270, -1, 0)])
    func `quarter turns are exact however many turns come before`(
        degrees: Double, sine: Double, cosine: Double
    ) {
        for turns in [-1e6, -2, -1, 0, 1, 3, 1e9] {
            let result = Trigonometry.sineAndCosine(degrees: degrees + turns * 360)
            #expect(result.sine == sine)
            #expect(result.cosine == cosine)
        }
    }

    @Test func `the arc tangent is that of the C library but for the last bits`() {
        var draw = Draw(seed: 2)
        for _ in 0..<20_000 {
            let y = draw.angle(-1e7...1e7, special: [0, 1e-9, 1, -1, 1e6])
            let x = draw.angle(-1e7...1e7, special: [0, 1e-9, 1, -1, 1e6])
            let expected = atan2(y, x) * 180 / .pi
            let degrees = Trigonometry.arcTangentDegrees(y: y, x: x)
            #expect(abs(degrees - expected) <= 1e-13, "\(y) \(x)")
        }
    }

    @Test func `the angle of a direction is the angle it was made from`() {
        var draw = Draw(seed: 3)
        for _ in 0..<20_000 {
            let degrees = draw.number(-180...180)
            let (sine, cosine) = Trigonometry.sineAndCosine(degrees: degrees)
            let length = draw.number(1e-3...1e9)
            let back = Trigonometry.arcTangentDegrees(y: sine * length, x: cosine * length)
            #expect(abs(back - degrees) <= 2e-13)
        }
    }

    @Test(arguments: [
        (0.0, 0.0, 0.0), (0, 1, 0), (0, -1, 180), (1, 0, 90), (-1, 0, -90), (-0.0, -1, 180),
    ])
    func `directions along the axes are exact`(y: Double, x: Double, degrees: Double) {
        #expect(Trigonometry.arcTangentDegrees(y: y, x: x) == degrees)
    }

    @Test func `what is not a number stays so`() {
        for odd in [Double.nan, .infinity, -.infinity] {
            #expect(Trigonometry.sineAndCosine(degrees: odd).sine.isNaN)
            #expect(Trigonometry.sineAndCosine(degrees: odd).cosine.isNaN)
        }
    }

    /// The digest was made once; a machine, compiler or optimisation that comes to other bits would
    /// make recorded runs differ.
    @Test func `every machine comes to the same bits`() {
        var draw = Draw(seed: 4)
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ value: Double) { digest = (digest ^ value.bitPattern) &* 0x100_0000_01b3 }
        for _ in 0..<100_000 {
            let (sine, cosine) = Trigonometry.sineAndCosine(degrees: draw.number(-400...400))
            add(sine)
            add(cosine)
            add(
                Trigonometry.arcTangentDegrees(
                    y: draw.number(-1e7...1e7), x: draw.number(-1e7...1e7)))
        }
        #expect(digest == 4_904_665_999_687_448_471)
    }
}
