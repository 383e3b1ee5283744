/// A door through which one kind of input enters the core.
///
/// `send` may be called from any thread. Inputs of one port are handled in the order of the calls.
package final class InputPort<Payload: StreamPayload>: Sendable {
    private let core: Core
    /// Runs on the core only: it enters the actor that owns the port.
    private let handler: @Sendable (Payload) -> Void

    init(core: Core, handler: @escaping @Sendable (Payload) -> Void) {
        self.core = core
        self.handler = handler
    }

    /// Hands one input to the core; false when `CoreLimits.pendingInputs` are waiting already.
    @discardableResult
    package func send(_ payload: Payload) -> Bool {
        core.receive([TypedArrival(payload: payload, handler: handler)])
    }

    /// Hands over several inputs in order, all or none.
    @discardableResult
    package func send(contentsOf payloads: [Payload]) -> Bool {
        core.receive(payloads.map { TypedArrival(payload: $0, handler: handler) })
    }
}

/// One input on its way in, its type erased.
class Arrival: @unchecked Sendable {
    // Unchecked because of subclassing only: every stored property here and below is immutable
    // and Sendable.
    func show(
        to observer: any CoreObserver, as number: UInt64, event: UInt64, at time: Instant
    ) { preconditionFailure("an arrival has a payload") }
    func deliver() { preconditionFailure("an arrival has a handler") }
    func feed(into hash: inout TraceHash) {}
}

// Unchecked: inherited; both properties are immutable and Sendable.
private final class TypedArrival<Payload: StreamPayload>: Arrival, @unchecked Sendable {
    private let payload: Payload
    private let handler: @Sendable (Payload) -> Void

    init(payload: Payload, handler: @escaping @Sendable (Payload) -> Void) {
        self.payload = payload
        self.handler = handler
    }

    override func show(
        to observer: any CoreObserver, as number: UInt64, event: UInt64, at time: Instant
    ) { observer.input(number, event: event, at: time, payload: payload) }
    override func deliver() { handler(payload) }
    override func feed(into hash: inout TraceHash) { payload.feed(into: &hash) }
}
