import CLinux
import Glibc

/// Measures a stretch of work.
enum Stopwatch {
    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = clinux_monotonic_nanoseconds()
        try body()
        return Double(clinux_monotonic_nanoseconds() - start) / 1e9
    }

    static func nanoseconds() -> Int64 { clinux_monotonic_nanoseconds() }

    static func rest(seconds: UInt32) { sleep(seconds) }

    /// The middle of several measurements.
    static func median(_ values: [Double]) -> Double {
        values.sorted()[values.count / 2]
    }
}

/// Numbers as a table shows them.
enum Figure {
    static func fixed(_ value: Double, _ decimals: Int = 2) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let rounded = Int64((value * scale).rounded())
        guard decimals > 0 else { return String(rounded) }
        let digits = String(rounded % Int64(scale))
        return "\(rounded / Int64(scale))." + String(repeating: "0", count: decimals - digits.count)
            + digits
    }

    static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
