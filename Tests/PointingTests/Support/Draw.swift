@testable import Pointing

/// Reproducible random cases (SplitMix64): the same seed draws the same cases on every machine.
struct Draw: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number in the range, with 53 random bits.
    mutating func number(_ range: ClosedRange<Double>) -> Double {
        let unit = Double(next() >> 11) * 0x1p-53
        return range.lowerBound + (range.upperBound - range.lowerBound) * unit
    }

    mutating func chance(_ probability: Double) -> Bool { number(0...1) < probability }

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int(next() % UInt64(values.count))]
    }

    /// Half of the time a number from the range, else one that is likely to be special.
    mutating func angle(_ range: ClosedRange<Double>, special: [Double]) -> Double {
        chance(0.5) ? number(range) : pick(special.filter(range.contains))
    }

    mutating func position() throws -> GeodeticPosition {
        try GeodeticPosition(
            latitudeDegrees: angle(-90...90, special: [-90, -45, 0, 45, 89.999999, 90]),
            longitudeDegrees: angle(-180...180, special: [-180, -90, 0, 90, 179.999999, 180]),
            altitudeMeters: angle(-1000...40_000_000, special: [0, 100, 420_000, 35_786_000]))
    }
}
