/// Cuts what gpsd sends into lines, however the bytes arrive.
package struct GpsdLineSplitter: Sendable {
    /// A line exceeds `GpsdLimits.lineBytes`; gpsd itself never does that.
    package struct LineTooLong: Error, Equatable {}

    private let limits: GpsdLimits
    private var partial: [UInt8] = []

    package init(limits: GpsdLimits = GpsdLimits()) {
        self.limits = limits
    }

    /// The lines that are complete now, without `\r\n`; empty ones are left out.
    package mutating func receive(_ bytes: [UInt8]) throws(LineTooLong) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            partial += rest[..<end]
            rest = rest[rest.index(after: end)...]
            if partial.last == UInt8(ascii: "\r") { partial.removeLast() }
            guard partial.count < limits.lineBytes else { throw LineTooLong() }
            if !partial.isEmpty { lines.append(partial) }
            partial = []
        }
        partial += rest
        guard partial.count < limits.lineBytes else { throw LineTooLong() }
        return lines
    }
}
