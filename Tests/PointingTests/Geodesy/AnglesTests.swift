import Testing

@testable import Pointing

@Suite struct AnglesTests {
    @Test(arguments: [
        (0.0, 0.0), (-0.0, 0), (359.5, 359.5), (360, 0), (-360, 0), (-0.25, 359.75), (725, 5),
        (-725, 355), (1e9, 280), (-1e-30, 0),
    ])
    func `every direction has one name from zero to below 360`(degrees: Double, name: Double) {
        let wrapped = Angles.wrapped(degrees)
        #expect(wrapped == name)
        #expect(wrapped.sign == .plus)
    }

    @Test(arguments: [
        (12.3456784, 12.345678), (12.3456786, 12.345679), (-1.0000005, -1.000001), (0, 0),
        (-1e-9, 0), (719.9999999, 720),
    ])
    func `angles are rounded to whole micro-degrees`(degrees: Double, rounded: Double) {
        let quantised = Angles.quantised(degrees)
        #expect(quantised == rounded)
        #expect(quantised != 0 || quantised.sign == .plus)
    }

    @Test func `rounding twice is rounding once`() {
        var draw = Draw(seed: 5)
        for _ in 0..<10_000 {
            let once = Angles.quantised(draw.number(-1000...1000))
            #expect(Angles.quantised(once) == once)
            let compass = Angles.compass(once)
            #expect(Angles.compass(compass) == compass)
            #expect((0..<360).contains(compass))
        }
    }

    @Test(arguments: [
        (359.9999996, 0.0), (-0.0000004, 0), (-0.000001, 359.999999), (540.25, 180.25),
    ])
    func `a compass direction is rounded and below 360`(degrees: Double, compass: Double) {
        #expect(Angles.compass(degrees) == compass)
    }

    @Test func `a phone's inaccuracy is seen under its angle`() {
        #expect(Angles.arcTangentDegrees(5, 5) == 45)
        #expect(Angles.arcTangentDegrees(5, 100) == 2.862405)
        #expect(Angles.arcTangentDegrees(5, 0) == 90)
        #expect(Angles.arcTangentDegrees(0, 0) == 0)
    }
}
