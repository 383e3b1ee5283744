import Engine

/// Draws identifiers as UUIDs (RFC 9562 §5.4, version 4) from the core's own randomness, so that a
/// replay draws the same. They name things and are no secrets.
struct UniqueIDs {
    private var random: SeededRandom

    init(core: Core, purpose: String) {
        random = core.random("ids " + purpose)
    }

    /// - Parameter isTaken: a station that is started again with its old seed draws the old ones.
    mutating func next(unless isTaken: (String) -> Bool) -> String {
        while true {
            let id = draw()
            if !isTaken(id) { return id }
        }
    }

    private mutating func draw() -> String {
        let high = random.next() & ~0xF000 | 0x4000
        let low = random.next() & ~(0b11 << 62) | 0b10 << 62
        return [
            digits(high >> 32, 8), digits(high >> 16 & 0xFFFF, 4), digits(high & 0xFFFF, 4),
            digits(low >> 48, 4), digits(low & 0xFFFF_FFFF_FFFF, 12),
        ].joined(separator: "-")
    }

    private func digits(_ number: UInt64, _ count: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
