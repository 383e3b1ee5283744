import Engine

/// What a simulated device has said and its driver has not heard yet, in the order of arrival.
///
/// Nothing overtakes: what is due earlier than something said before arrives with it.
struct SimulatedWire: Sendable {
    private var underway: [(event: LinkEvent, due: Instant)] = []

    /// When the next event arrives; nil while nothing is under way.
    var deadline: Instant? { underway.first?.due }

    mutating func send(_ event: LinkEvent, arrivingAt due: Instant) {
        underway.append((event, max(due, underway.last?.due ?? due)))
    }

    /// The next event that has arrived.
    mutating func take(at now: Instant) -> LinkEvent? {
        guard let first = underway.first, first.due <= now else { return nil }
        underway.removeFirst()
        return first.event
    }

    /// The connection is gone, and what was under way with it.
    mutating func cut() { underway = [] }
}
