/// The commands of one device that are under way: one has its turn, the others wait for theirs in
/// their order. A stop waits for nobody and is not in here.
struct CommandQueue: Sendable, Equatable {
    private(set) var current: String?
    private(set) var waiting: [String] = []

    var isEmpty: Bool { current == nil && waiting.isEmpty }

    mutating func add(_ command: String) {
        waiting.append(command)
    }

    /// Whose turn begins now; nil while another has it, or nobody waits.
    mutating func next() -> String? {
        guard current == nil, !waiting.isEmpty else { return nil }
        current = waiting.removeFirst()
        return current
    }

    mutating func remove(_ command: String) {
        if current == command { current = nil }
        waiting.removeAll { $0 == command }
    }
}
