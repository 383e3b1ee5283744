/// Damages one line after another, each in its own way: no randomness, but many places.
struct SimulatedDamage: Sendable {
    private static let bytesThatAreNoText: [UInt8] = [0x00, 0xFF, 0x80, 0x1B]
    private var count = 0

    /// - Parameter line: with its end, `\r\n`.
    mutating func damage(_ line: [UInt8]) -> [UInt8] {
        defer { count &+= 1 }
        let end = line.count - 2
        guard end > 1 else { return line }
        // 37 has no divisor in common with most lengths, so that all places have their turn.
        let place = 1 + (count &* 37) % (end - 1)
        switch count % 3 {
        case 0: return Array(line[..<place] + line[end...])
        case 1: return Array(line[..<place])
        default:
            var damaged = line
            for (offset, byte) in Self.bytesThatAreNoText.enumerated() {
                damaged[min(place + offset, end - 1)] = byte
            }
            return damaged
        }
    }
}
