/// One kind of news in the core, and who wants to hear it.
///
/// Publishing queues the message for each subscriber and returns; each subscriber's handler runs
/// later in the same turn, inside its actor, in the order of publication. Core only.
package final class Topic<Message: Sendable>: Sendable {
    package let name: String
    // Confined to the core's thread, like every actor that publishes here. Whoever wants to hear
    // everything stands under nil, the others under what they want to hear about.
    private nonisolated(unsafe) var subscribers: [String?: [Weak]] = [:]

    private struct Weak {
        weak var subscription: Subscription<Message>?
    }

    package init(_ name: String) {
        self.name = name
    }

    /// - Parameter keys: what the message is about, such as a device and its organisation; a
    ///   subscriber to one of them hears it, whatever the number of the others.
    package func publish(_ message: Message, about keys: [String] = []) {
        offer(message, to: nil)
        for key in keys { offer(message, to: key) }
    }

    private func offer(_ message: Message, to key: String?) {
        guard let entries = subscribers[key] else { return }
        var ended = false
        for entry in entries {
            guard let subscription = entry.subscription, subscription.isOpen else {
                ended = true
                continue
            }
            subscription.offer(message)
        }
        guard ended else { return }
        let open = subscribers[key]?.filter { $0.subscription?.isOpen ?? false } ?? []
        subscribers[key] = open.isEmpty ? nil : open
    }

    /// Subscribes `actor`; it hears as long as the returned subscription is kept.
    ///
    /// - Parameter key: what it wants to hear about only; nil for everything.
    package func subscribe<Owner: CoreActor>(
        _ actor: Owner, about key: String? = nil, _ backlog: Backlog<Message>,
        onOverflow: @escaping @Sendable (isolated Owner) -> Void = { _ in },
        _ handler: @escaping @Sendable (isolated Owner, Message) -> Void
    ) -> Subscription<Message> {
        let subscription = Subscription(
            core: actor.core, backlog: backlog,
            deliver: { [weak actor] message in actor?.enter { handler($0, message) } },
            overflow: { [weak actor] in actor?.enter(onOverflow) })
        subscribers[key, default: []].append(Weak(subscription: subscription))
        return subscription
    }
}
