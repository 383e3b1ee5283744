/// The commands that wait for the one in flight: at most one stop and one movement.
///
/// What is pushed out is handed back, so that its owner hears of it. The bound is the shape.
struct RotctldQueue: Equatable {
    private(set) var hasStop = false
    private var movement: RotorCommand?

    /// Queues a command; returns those whose place it took.
    ///
    /// A stop pushes out a waiting movement. A movement given after a waiting stop stays behind it.
    mutating func add(_ command: RotorCommand) -> [RotorCommand] {
        var replaced: [RotorCommand] = []
        switch command {
        case .stop:
            if hasStop { replaced.append(.stop) }
            if let movement { replaced.append(movement) }
            movement = nil
            hasStop = true
        case .point, .park:
            if let movement { replaced.append(movement) }
            movement = command
        }
        return replaced
    }

    /// The next command to send.
    mutating func take() -> RotorCommand? {
        if hasStop {
            hasStop = false
            return .stop
        }
        defer { movement = nil }
        return movement
    }

    /// Empties the queue.
    mutating func removeAll() -> [RotorCommand] {
        var removed: [RotorCommand] = []
        while let command = take() { removed.append(command) }
        return removed
    }
}
