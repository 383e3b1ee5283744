import Drivers
import Engine

/// Answers that are under way.
struct PlayedAnswers {
    private var waiting: [(due: Instant, link: LinkID, event: LinkEvent)] = []

    var nextDue: Instant? { waiting.first?.due }

    /// Sends an answer; never before one that was sent earlier.
    mutating func send(_ event: LinkEvent, on link: LinkID, at due: Instant) {
        waiting.append((max(due, waiting.last?.due ?? due), link, event))
    }

    /// Nothing of a broken connection arrives.
    mutating func forget(_ link: LinkID) {
        waiting.removeAll { $0.link == link }
    }

    mutating func take(at now: Instant) -> [PlayedEvent] {
        let due = waiting.prefix { $0.due <= now }
        waiting.removeFirst(due.count)
        return due.map { .link($0.link, $0.event) }
    }
}
