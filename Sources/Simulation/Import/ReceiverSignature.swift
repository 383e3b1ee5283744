/// Finds out whether bytes come from a satellite receiver.
///
/// A whole message with a right checksum is proof enough; gpsd knows many more protocols, and its
/// test logs say so in comments.
enum ReceiverSignature {
    /// The logs of gpsd's regression tests begin with comments of a known form, whatever follows.
    static func isTestLog(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.first == UInt8(ascii: "#") else { return false }
        let comments = LogLines(bytes.prefix(commentBytes)).prefix { line in
            line.bytes.first == UInt8(ascii: "#")
        }
        return comments.contains { line in
            headings.contains { line.bytes.starts(with: $0) }
        }
    }

    private static let headings = ["# Name:", "# Submitter:", "# Chipset:"].map { Array($0.utf8) }
    private static let commentBytes = 65_536

    static func isFound(in bytes: ArraySlice<UInt8>) -> Bool {
        let isText = String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
        if !isText, bytes.first == UInt8(ascii: "#") { return true }
        if LogLines(bytes).contains(where: { isSentence($0.bytes) }) { return true }
        guard !isText else { return false }
        return bytes.indices.contains { isMessage(at: bytes[$0...]) }
    }

    /// `$GPRMC,…`, with its checksum when it has one; NMEA 0183.
    private static func isSentence(_ line: ArraySlice<UInt8>) -> Bool {
        // Behind a time stamp, or in the middle of binary messages.
        let starts = [UInt8(ascii: "$"), UInt8(ascii: "!")]
        guard let start = line.lastIndex(where: { starts.contains($0) }) else { return false }
        let body = line[(start + 1)...]
        let address = body.prefix { $0 != UInt8(ascii: ",") }
        guard (4...8).contains(address.count), address.endIndex < body.endIndex,
            address.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
        else { return false }
        guard let star = body.lastIndex(of: UInt8(ascii: "*")) else {
            return body.allSatisfy { (0x20..<0x7F).contains($0) }
        }
        let digits = String(decoding: body[(star + 1)...].prefix(2), as: UTF8.self)
        let sum = body[..<star].reduce(0) { $0 ^ $1 }
        return UInt8(digits, radix: 16) == sum
    }

    private static func isMessage(at bytes: ArraySlice<UInt8>) -> Bool {
        switch (bytes.first, bytes.dropFirst().first) {
        case (0xB5, 0x62): isUBX(Array(bytes.prefix(8 + longestPayload)))
        case (0xA0, 0xA2): isSiRF(Array(bytes.prefix(8 + longestPayload)))
        case (0xA0, 0xA1): isSkyTraq(Array(bytes.prefix(8 + longestPayload)))
        case (0xD3, let second?) where second < 4: isRTCM(Array(bytes.prefix(1029)))
        default: false
        }
    }

    /// What a message of these protocols has at most, but for raw measurements.
    private static let longestPayload = 1024

    /// u-blox: class, identifier, length (little endian), payload, Fletcher checksum.
    private static func isUBX(_ message: [UInt8]) -> Bool {
        guard message.count >= 8 else { return false }
        let length = Int(message[4]) | Int(message[5]) << 8
        guard message.count >= length + 8 else { return false }
        var (a, b) = (UInt8(0), UInt8(0))
        for byte in message[2..<(6 + length)] {
            a &+= byte
            b &+= a
        }
        return message[6 + length] == a && message[7 + length] == b
    }

    /// SiRF: length (big endian), payload, 15-bit sum, `B0 B3`.
    private static func isSiRF(_ message: [UInt8]) -> Bool {
        guard message.count >= 8 else { return false }
        let length = Int(message[2]) << 8 | Int(message[3])
        guard length > 0, message.count >= length + 8 else { return false }
        let sum = message[4..<(4 + length)].reduce(0) { ($0 + Int($1)) & 0x7FFF }
        return Int(message[4 + length]) << 8 | Int(message[5 + length]) == sum
            && message[6 + length] == 0xB0 && message[7 + length] == 0xB3
    }

    /// SkyTraq: length (big endian), payload, exclusive or of it, `0D 0A`.
    private static func isSkyTraq(_ message: [UInt8]) -> Bool {
        guard message.count >= 7 else { return false }
        let length = Int(message[2]) << 8 | Int(message[3])
        guard length > 0, message.count >= length + 7 else { return false }
        return message[4..<(4 + length)].reduce(0) { $0 ^ $1 } == message[4 + length]
            && message[5 + length] == 0x0D && message[6 + length] == 0x0A
    }

    /// RTCM 3: 10-bit length, payload, CRC-24Q.
    private static func isRTCM(_ message: [UInt8]) -> Bool {
        guard message.count >= 6 else { return false }
        let length = Int(message[1] & 3) << 8 | Int(message[2])
        guard length > 0, message.count >= length + 6 else { return false }
        var crc: UInt32 = 0
        for byte in message[..<(length + 6)] {
            crc ^= UInt32(byte) << 16
            for _ in 0..<8 {
                crc <<= 1
                if crc & 0x100_0000 != 0 { crc ^= 0x186_4CFB }
            }
        }
        return crc == 0
    }
}
