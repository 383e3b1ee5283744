import Testing

@testable import Simulation

@Suite struct ReceiverSignatureTests {
    private static let messages: KeyValuePairs<String, [UInt8]> = [
        "UBX-NAV-EOE": [0xB5, 0x62, 0x01, 0x61, 4, 0, 0xE8, 3, 0, 0, 0x51, 0x70],
        "SiRF": [0xA0, 0xA2, 0, 2, 0x84, 0, 0, 0x84, 0xB0, 0xB3],
        "SkyTraq": [0xA0, 0xA1, 0, 2, 0x02, 0x01, 0x03, 0x0D, 0x0A],
        "RTCM 3, no content": [0xD3, 0, 2, 0x3F, 0xE0, 0, 0, 0],
    ]

    /// RTCM 3: the checksum is computed, digit by digit, as the standard has it.
    private static func withCRC(_ message: [UInt8]) -> [UInt8] {
        var bits = message.dropLast(3).flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
        bits += [UInt8](repeating: 0, count: 24)
        let divisor: [UInt8] = (0...24).map { 0x186_4CFB >> (24 - $0) & 1 == 1 ? 1 : 0 }
        for start in 0..<(bits.count - 24) where bits[start] == 1 {
            for (index, bit) in divisor.enumerated() { bits[start + index] ^= bit }
        }
        let crc = stride(from: bits.count - 24, to: bits.count, by: 8).map { start in
            bits[start..<(start + 8)].reduce(0) { $0 << 1 | $1 }
        }
        return message.dropLast(3) + crc
    }

    @Test func `one whole binary message among noise is enough`() {
        for (name, message) in Self.messages {
            let whole = message[0] == 0xD3 ? Self.withCRC(message) : message
            let noise: [UInt8] = [0, 0xFF, 0xB5, 0x62, 0xA0, 0xD3]
            #expect(ReceiverSignature.isFound(in: (noise + whole + noise)[...]), "\(name)")
        }
    }

    @Test func `a message with a bit turned is none`() {
        for (name, message) in Self.messages {
            let whole = message[0] == 0xD3 ? Self.withCRC(message) : message
            for index in whole.indices {
                var broken = whole
                broken[index] ^= 0x10
                #expect(!ReceiverSignature.isFound(in: ([0] + broken)[...]), "\(name) \(index)")
            }
        }
    }

    @Test func `a cut message is none, wherever it is cut`() {
        for (_, message) in Self.messages {
            for length in 0..<(message.count - 1) {
                #expect(!ReceiverSignature.isFound(in: ([0] + message.prefix(length))[...]))
            }
        }
    }
}
