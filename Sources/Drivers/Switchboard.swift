import Engine

/// Who asked the edge for what: a number for each question, and who hears the answers.
actor Switchboard<Answer: Sendable>: CoreActor {
    nonisolated let core: Core
    private var handlers: [UInt64: @Sendable (Answer) -> Void] = [:]
    private var last: UInt64 = 0

    init(core: Core) {
        self.core = core
    }

    /// How many wait for their last answer.
    var count: Int { handlers.count }

    func add(_ handler: @escaping @Sendable (Answer) -> Void) -> UInt64 {
        last += 1
        handlers[last] = handler
        return last
    }

    func isUnderWay(_ number: UInt64) -> Bool { handlers[number] != nil }

    /// Whether it was under way; whoever asked hears nothing any more.
    func remove(_ number: UInt64) -> Bool { handlers.removeValue(forKey: number) != nil }

    /// - Parameter isLast: whether nothing will follow.
    func answer(_ number: UInt64, _ answer: Answer, isLast: Bool = true) {
        guard let handler = handlers[number] else { return }
        if isLast { handlers[number] = nil }
        handler(answer)
    }
}
