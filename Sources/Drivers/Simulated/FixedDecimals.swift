/// Writes numbers with a fixed count of decimals, as gpsd does, the same on every machine.
enum FixedDecimals {
    /// Nil for what is not a number, or has too many digits to be exact.
    static func text(_ value: Double, decimals: Int) -> String? {
        precondition((1...9).contains(decimals))
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = (value * scale).rounded(.toNearestOrEven)
        guard scaled.magnitude < 0x1p53, let units = Int64(exactly: scaled) else { return nil }
        let (whole, fraction) = units.magnitude.quotientAndRemainder(
            dividingBy: UInt64(exactly: scale) ?? 1)
        let digits = String(fraction)
        let zeros = String(repeating: "0", count: decimals - digits.count)
        return (units < 0 ? "-" : "") + String(whole) + "." + zeros + digits
    }
}
