/// Writes a number as C's `%.2f` does in the POSIX locale, whatever the process's locale is.
///
/// Rounds the exact binary value, halves to even, like the C library; but never writes `-0.00`.
enum TwoDecimals {
    /// - Parameter value: finite and below 10^13 in size, so that hundredths are exact.
    static func text(_ value: Double) -> String {
        precondition(value.isFinite && abs(value) < 1e13)
        let hundredths = roundedHundredths(abs(value))
        let sign = value < 0 && hundredths > 0 ? "-" : ""
        let fraction = hundredths % 100
        return sign + String(hundredths / 100) + (fraction < 10 ? ".0" : ".") + String(fraction)
    }

    private static func roundedHundredths(_ value: Double) -> Int64 {
        let product = value * 100
        let floor = product.rounded(.down)
        var result = product.rounded(.toNearestOrEven)
        if product - floor == 0.5 {
            // The product may have been rounded onto the half; its exact error decides.
            let error = (-product).addingProduct(value, 100)
            if error > 0 { result = floor + 1 }
            if error < 0 { result = floor }
        }
        return Int64(exactly: result) ?? 0
    }
}
