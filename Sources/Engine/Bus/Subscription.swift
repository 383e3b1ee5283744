/// One actor's ear on a topic, with a bounded backlog.
package final class Subscription<Message: Sendable> {
    private let core: Core
    private let backlog: Backlog<Message>
    private let deliver: (Message) -> Void
    private let overflow: () -> Void
    private var handler: HandlerID?
    private var waiting: [Message] = []
    private var positions: [AnyHashable: Int] = [:]
    private var overflowed = false
    /// False once ended, by `end()` or by an overflow.
    package private(set) var isOpen = true

    init(
        core: Core, backlog: Backlog<Message>, deliver: @escaping (Message) -> Void,
        overflow: @escaping () -> Void
    ) {
        self.core = core
        self.backlog = backlog
        self.deliver = deliver
        self.overflow = overflow
        handler = core.addHandler(for: nil) { [weak self] _ in self?.drain() }
    }

    deinit {
        if let handler { core.retire(handler) }
    }

    /// Stops hearing; what was waiting is dropped.
    package func end() {
        isOpen = false
        waiting = []
        positions = [:]
    }

    func offer(_ message: Message) {
        guard isOpen else { return }
        if case .latest(let key) = backlog.policy {
            let key = key(message)
            if let position = positions[key] {
                waiting[position] = message
                return
            }
            positions[key] = waiting.count
        }
        guard waiting.count < backlog.limit else {
            end()
            overflowed = true
            wake()
            return
        }
        waiting.append(message)
        if waiting.count == 1 { wake() }
    }

    private func wake() {
        if let handler { core.pushImmediate(handler) }
    }

    private func drain() {
        if overflowed {
            overflowed = false
            overflow()
            return
        }
        var messages: [Message] = []
        swap(&messages, &waiting)
        positions.removeAll(keepingCapacity: true)
        for message in messages where isOpen { deliver(message) }
    }
}
