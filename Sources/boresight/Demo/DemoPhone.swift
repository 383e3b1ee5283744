import Glibc
import JSON
import Pointing
import Synchronization
import Transport

/// A phone that flies round the station on a drone and says where it is, over a real socket.
final class DemoPhone: Sendable {
    private let url: String
    private let station: GeodeticPosition
    private let isEnding = Atomic<Bool>(false)
    private let last = Mutex<GeodeticPosition?>(nil)

    /// Far enough that the angle is smooth, near enough that it moves.
    private static let radiusMeters = 800.0
    /// 25 m/s on that circle; a common rotor turns three times as fast.
    private static let degreesPerSecond = 1.8
    private static let climbMeters = 150.0

    init(url: String, station: GeodeticPosition) {
        self.url = url
        self.station = station
    }

    /// Where it said it was last.
    var position: GeodeticPosition? { last.withLock { $0 } }

    func end() {
        isEnding.store(true, ordering: .relaxed)
    }

    /// Sends a position each half second until ended; comes back after a lost connection.
    func run() {
        var socket: WebSocketClient?
        var step = 0
        while !isEnding.load(ordering: .relaxed) {
            let position = position(afterSeconds: Double(step) / 2)
            do throws(ClientError) {
                if socket == nil {
                    socket = try WebSocketClient(url)
                    try socket?.send(#"{"type":"mode","mode":"track"}"#)
                }
                try socket?.send(Self.message(position))
                // Reads what the rotor says, so that the server need not wait for us.
                while case .message? = try socket?.receive(timeout: .milliseconds(1)) {}
                last.withLock { $0 = position }
            } catch {
                socket = nil
            }
            step += 1
            usleep(500_000)
        }
        try? socket?.close(1000, "demo over")
    }

    private func position(afterSeconds seconds: Double) -> GeodeticPosition {
        let around = seconds * Self.degreesPerSecond
        let ground = station.moved(bearingDegrees: around, distanceMeters: Self.radiusMeters)
        let height = station.altitudeMeters + Self.climbMeters * (1.2 + sin(around * .pi / 60))
        let position = try? GeodeticPosition(
            latitudeDegrees: ground.latitudeDegrees, longitudeDegrees: ground.longitudeDegrees,
            altitudeMeters: (height * 10).rounded() / 10)
        return position ?? ground
    }

    private static func message(_ position: GeodeticPosition) -> String {
        let value: JSONValue = [
            "type": .string("location"),
            "geometry": [
                "type": .string("Point"),
                "coordinates": .array([
                    .number(position.longitudeDegrees), .number(position.latitudeDegrees),
                    .number(position.altitudeMeters),
                ]),
            ],
        ]
        return value.text
    }
}
