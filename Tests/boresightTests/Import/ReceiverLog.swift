/// Logs of receivers, made up: one epoch a second at 52 N, 4.36 E, 2026-11-20 from 12:00:00.
enum ReceiverLog {
    /// NMEA 0183: RMC, GGA and GSA.
    static func sentences(epochs: Int) -> [UInt8] {
        let text = (0..<epochs).map { epoch in
            let time = "1200" + (epoch < 10 ? "0" : "") + "\(epoch).00"
            return sentence("GPRMC,\(time),A,5200.00000,N,00421.60000,E,0.02,,201126,,,A")
                + sentence("GPGGA,\(time),5200.00000,N,00421.60000,E,1,06,0.9,2.5,M,43.5,M,,")
                + sentence("GPGSA,A,3,02,05,13,15,24,30,,,,,,,1.7,0.9,1.4")
        }.joined()
        return Array(text.utf8)
    }

    /// u-blox: NAV-PVT and NAV-EOE, of the protocol description of the M8.
    static func binary(epochs: Int) -> [UInt8] {
        (0..<epochs).flatMap { epoch -> [UInt8] in
            let timeOfWeek = little(UInt32(475_218_000 + epoch * 1000))
            var solution =
                timeOfWeek + [0xEA, 0x07, 11, 20, 12, 0, UInt8(truncatingIfNeeded: epoch)]
            solution += [0x37] + little(50) + little(0) + [3, 1, 0, 10]
            solution += little(43_600_000) + little(520_000_000) + little(46_000) + little(2500)
            solution += little(2000) + little(3000)
            solution += [UInt8](repeating: 0, count: 92 - solution.count)
            return message(1, 7, solution) + message(1, 0x61, timeOfWeek)
        }
    }

    private static func sentence(_ body: String) -> String {
        let sum = body.utf8.reduce(0) { $0 ^ $1 }
        return "$" + body + "*" + (sum < 16 ? "0" : "") + String(sum, radix: 16, uppercase: true)
            + "\r\n"
    }

    private static func little(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }

    private static func message(_ kind: UInt8, _ number: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let length = UInt16(payload.count)
        let body = [kind, number, UInt8(length & 0xFF), UInt8(length >> 8)] + payload
        var (a, b) = (UInt8(0), UInt8(0))
        for byte in body {
            a &+= byte
            b &+= a
        }
        return [0xB5, 0x62] + body + [a, b]
    }
}
