import Drivers
import Engine
import JSON
import Pointing
import Transport

/// One phone: where it is, what it sends, and its way to the station.
struct SimulatedPhone {
    let trip: PhoneTrip
    let path: SimulatedReceiverPath
    var random: SeededRandom
    /// The present connection; nil while there is none. The number of its handshake.
    var connection: UInt64?
    var isOpen = false
    /// Attempts since the last connection that was a good one.
    var attempts = 0
    /// When the present attempt began.
    var begunAt = Instant.start
    var openedAt = Instant.start
    var lastHeard = Instant.start
    var isAsleep = false
    /// The station has said that the session is over: the page gives up for good.
    var hasEnded = false
    /// The mode that its owner has chosen, until the rotor shows it.
    var unconfirmedMode: String?
    /// What its owner wants to send as soon as there is a connection.
    var unsent: [String] = []
    /// When the last byte under way arrives, each way: TCP keeps the order.
    var lastUp = Instant.start
    var lastDown = Instant.start
    /// What a partition holds back, each way.
    var heldUp: [(connection: UInt64, input: TransportInput)] = []
    var heldDown: [(connection: UInt64, news: PhoneHears)] = []

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
        let noise = (random.normal(), random.normal())
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
        // Whole seconds, as the page writes them.
        message["time"] = .string(utc.advanced(by: trip.clock).text())
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

    // What follows is the page's own patience: `Sources/Web/rotor/relay.js`.

    /// An attempt that has neither opened nor failed by then is given up.
    private static let opening = Duration.seconds(8)
    /// With nothing heard for four seconds the station is asked, and has three for its answer.
    private static let silence = Duration.seconds(7)
    /// A connection this old was a good one: the next failure starts with a short wait again.
    private static let settled = Duration.seconds(5)
    private static let firstRetrySeconds = 0.5
    private static let lastRetrySeconds = 10.0

    /// When the present connection is given up, if nothing more is heard of it.
    var givesUpAt: Instant {
        isOpen ? lastHeard.advanced(by: Self.silence) : begunAt.advanced(by: Self.opening)
    }

    /// The pause before the next attempt; half of it is by chance.
    mutating func pause(at now: Instant) -> Duration {
        if isOpen, openedAt.duration(to: now) > Self.settled { attempts = 0 }
        let longest = min(
            Self.lastRetrySeconds, Self.firstRetrySeconds * Double(1 << min(attempts, 5)))
        attempts += 1
        return .nanoseconds(Int64(longest * (0.5 + random.unit() / 2) * 1e9))
    }
}
