/// Events of one machine in their order, also when handling one brings the next.
///
/// An owner that answers a report with a command re-enters its driver while that still performs
/// actions; the command must wait until those are done.
struct EventLine<Event> {
    private var waiting: [Event] = []
    private var isRunning = false

    /// Queues an event; true when the caller is to take and handle events now.
    mutating func add(_ event: Event) -> Bool {
        waiting.append(event)
        guard !isRunning else { return false }
        isRunning = true
        return true
    }

    /// The next event; nil when all are handled.
    mutating func next() -> Event? {
        guard !waiting.isEmpty else {
            isRunning = false
            return nil
        }
        return waiting.removeFirst()
    }
}
