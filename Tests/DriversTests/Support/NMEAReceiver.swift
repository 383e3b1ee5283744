import Foundation
import Synchronization

/// A satellite receiver on a pseudo-terminal: one epoch of NMEA 0183 sentences every 200 ms.
final class NMEAReceiver: Sendable {
    private struct State {
        var latitudeDegrees = 52.0
        var longitudeDegrees = 4.36
        var hasFix = true
        var isSilent = false
        var isEnded = false
    }

    let terminal: PseudoTerminal
    private let state = Mutex(State())

    init() throws {
        terminal = try PseudoTerminal()
        let started = Date()
        Thread.detachNewThread { [weak self] in
            while let receiver = self, receiver.speak(since: started) {
                Thread.sleep(forTimeInterval: 0.2)
            }
        }
    }

    func move(latitudeDegrees: Double, longitudeDegrees: Double) {
        state.withLock {
            $0.latitudeDegrees = latitudeDegrees
            $0.longitudeDegrees = longitudeDegrees
        }
    }

    func setFix(_ hasFix: Bool) { state.withLock { $0.hasFix = hasFix } }

    func setSilent(_ isSilent: Bool) { state.withLock { $0.isSilent = isSilent } }

    func end() { state.withLock { $0.isEnded = true } }

    private func speak(since started: Date) -> Bool {
        let now = state.withLock { $0 }
        if !now.isEnded && !now.isSilent {
            terminal.write(Self.epoch(now, after: Date().timeIntervalSince(started)))
        }
        return !now.isEnded
    }

    private static func epoch(_ state: State, after seconds: Double) -> String {
        let date = Date(timeIntervalSince1970: 1_795_176_000 + (seconds * 5).rounded(.down) / 5)
        let clock = DateFormatter()
        clock.locale = Locale(identifier: "en_US_POSIX")
        clock.timeZone = TimeZone(identifier: "UTC")
        clock.dateFormat = "HHmmss.SS"
        let time = clock.string(from: date)
        clock.dateFormat = "ddMMyy"
        let day = clock.string(from: date)
        let latitude = degreesMinutes(state.latitudeDegrees, width: 2, "N", "S")
        let longitude = degreesMinutes(state.longitudeDegrees, width: 3, "E", "W")
        guard state.hasFix else {
            return sentence("GPRMC,\(time),V,,,,,,,\(day),,,N")
                + sentence("GPGGA,\(time),,,,,0,00,99.9,,,,,,")
                + sentence("GPGSA,A,1,,,,,,,,,,,,,99.9,99.9,99.9")
        }
        return sentence("GPRMC,\(time),A,\(latitude),\(longitude),0.02,,\(day),,,A")
            + sentence("GPGGA,\(time),\(latitude),\(longitude),1,06,0.9,2.5,M,43.5,M,,")
            + sentence("GPGSA,A,3,02,05,13,15,24,30,,,,,,,1.7,0.9,1.4")
    }

    private static func degreesMinutes(
        _ value: Double, width: Int, _ positive: String, _ negative: String
    ) -> String {
        let size = abs(value)
        let degrees = size.rounded(.down)
        let minutes = (size - degrees) * 60
        return String(
            format: "%0\(width)d%08.5f,%@", Int(degrees), minutes, value < 0 ? negative : positive)
    }

    private static func sentence(_ body: String) -> String {
        let checksum = body.utf8.reduce(0) { $0 ^ $1 }
        return "$" + body + "*" + String(format: "%02X", checksum) + "\r\n"
    }
}
