import Drivers
import Engine

/// A device that a log speaks for: what the driver asks goes in, what the log has to say comes out.
///
/// A value without a clock; whoever plays it tells it the time.
protocol PlayedDevice {
    mutating func perform(_ action: LinkAction, on link: LinkID, at now: Instant)

    /// What happens up to now, in order.
    mutating func take(at now: Instant) -> [PlayedEvent]

    /// When it next has something to say by itself.
    var nextDue: Instant? { get }

    /// When the log is over; nil while the driver has not come far enough for it to begin.
    var end: Instant? { get }
}

/// What a log has to say.
enum PlayedEvent: Equatable {
    case link(LinkID, LinkEvent)
    /// What a client asked of the rotor when the log was made.
    case command(PlayedCommand)
}

/// What an operator asks of the station's rotor.
enum PlayedCommand: Equatable {
    case add(azimuthDegrees: ClosedRange<Double>, elevationDegrees: ClosedRange<Double>)
    case point(azimuthDegrees: Double, elevationDegrees: Double)
    case stop
    case park
}
