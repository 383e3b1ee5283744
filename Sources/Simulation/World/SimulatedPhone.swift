import Drivers
import Engine
import JSON
import Pointing

/// One phone: where it is, what it sends, and its way to the station.
struct SimulatedPhone {
    let trip: PhoneTrip
    let path: SimulatedReceiverPath
    var random: SeededRandom
    /// The present connection; nil while there is none. The number of its handshake.
    var connection: UInt64?
    var isOpen = false
    /// Attempts since the last success.
    var attempts = 0
    var hasChosenMode = false
    var lastHeard = Instant.start
    var isAsleep = false
    /// When the last byte under way arrives, each way: TCP keeps the order.
    var lastUp = Instant.start
    var lastDown = Instant.start
    /// What a partition holds back, each way.
    var heldUp: [(UInt64, PhoneEvent)] = []
    var heldDown: [(UInt64, PhoneEvent)] = []

    init(_ trip: PhoneTrip, seed: UInt64) {
        self.trip = trip
        path = trip.path.receiverPath(noise: trip.noiseMeters)
        random = SeededRandom(seed: seed, purpose: "phone/" + trip.name)
    }

    /// Where it truly is.
    func position(at time: Instant) -> GeodeticPosition? {
        path.fix(at: time).position?.geodetic
    }

    /// What it says of where it is, with its noise and its clock.
    mutating func report(at time: Instant, utc: UTCTime) -> [UInt8] {
        let noise = (normal(), normal())
        let position = path.fix(at: time, noise: noise).position
        var message: JSONObject = [
            "type": .string("location"),
            "geometry": [
                "type": .string("Point"),
                "coordinates": .array([
                    .number(position?.longitudeDegrees ?? 0),
                    .number(position?.latitudeDegrees ?? 0),
                    .number(position?.altitudeMeters ?? 0),
                ]),
            ],
        ]
        if let accuracy = trip.accuracyMeters { message["accuracy"] = .number(accuracy) }
        message["timestamp"] = .string(utc.advanced(by: trip.clock).text(.milliseconds))
        return JSONValue.object(message).bytes()
    }

    /// How long the next packet takes one way.
    ///
    /// A lost packet is sent again after TCP's shortest time-out, which doubles (RFC 6298 §5.5).
    mutating func flight(loss: Double, delay: Duration?) -> Duration {
        var time = max(trip.delay, delay ?? .zero)
        time += .nanoseconds(Int64(random.unit() * Double(trip.jitter.nanoseconds)))
        var timeout = Self.retransmission
        while random.unit() < max(trip.loss, loss), timeout < Self.longestRetransmission {
            time += timeout
            timeout = timeout * 2
        }
        return time
    }

    private static let retransmission = Duration.milliseconds(200)
    private static let longestRetransmission = Duration.seconds(60)

    /// The pause before the next attempt: 1, 2, 4 … 15 seconds, with a little of its own.
    mutating func pause() -> Duration {
        attempts += 1
        let seconds = min(15, Double(1 << min(attempts - 1, 4)))
        return .nanoseconds(Int64(seconds * (0.8 + 0.4 * random.unit()) * 1e9))
    }

    private mutating func normal() -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + random.unit() }
    }
}
