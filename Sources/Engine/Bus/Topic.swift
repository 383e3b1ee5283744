/// One kind of news in the core, and who wants to hear it.
///
/// Publishing queues the message for each subscriber and returns; each subscriber's handler runs
/// later in the same turn, inside its actor, in the order of publication. Core only.
package final class Topic<Message: Sendable>: Sendable {
    package let name: String
    // Confined to the core's thread, like every actor that publishes here.
    private nonisolated(unsafe) var subscribers: [Weak] = []

    private struct Weak {
        weak var subscription: Subscription<Message>?
    }

    package init(_ name: String) {
        self.name = name
    }

    package func publish(_ message: Message) {
        var ended = false
        for entry in subscribers {
            guard let subscription = entry.subscription, subscription.isOpen else {
                ended = true
                continue
            }
            subscription.offer(message)
        }
        if ended { subscribers.removeAll { $0.subscription.map { !$0.isOpen } ?? true } }
    }

    /// Subscribes `actor`; it hears as long as the returned subscription is kept.
    package func subscribe<Owner: CoreActor>(
        _ actor: Owner, _ backlog: Backlog<Message>,
        onOverflow: @escaping @Sendable (isolated Owner) -> Void = { _ in },
        _ handler: @escaping @Sendable (isolated Owner, Message) -> Void
    ) -> Subscription<Message> {
        let subscription = Subscription(
            core: actor.core, backlog: backlog,
            deliver: { [weak actor] message in actor?.enter { handler($0, message) } },
            overflow: { [weak actor] in actor?.enter(onOverflow) })
        subscribers.append(Weak(subscription: subscription))
        return subscription
    }
}
