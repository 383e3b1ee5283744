/// When an output may leave the core.
package enum Release: Sendable {
    /// With the end of its turn: what moves or stops a device must not wait for a disk.
    case immediate
    /// When everything written up to its turn is durable: answers to clients.
    case durable
}

/// A door through which one kind of output leaves the core, in the order of the calls.
///
/// Used on the core only. The sink is called on the core's thread, once a release, and must not
/// block.
package final class OutputPort<Payload: StreamPayload>: Sendable {
    private let core: Core
    private let release: Release
    private let sink: @Sendable ([Payload]) -> Void
    // Confined to the core's thread: `emit` and the turn's end check it.
    private nonisolated(unsafe) var held: [(turn: UInt64, payload: Payload)] = []

    init(core: Core, release: Release, sink: @escaping @Sendable ([Payload]) -> Void) {
        self.core = core
        self.release = release
        self.sink = sink
    }

    /// Numbers the output and holds it until it may be released.
    package func emit(_ payload: Payload) {
        let turn = core.noteOutput(payload)
        held.append((turn, payload))
    }
}

/// What the turn's end does with every output port.
protocol ReleasablePort: AnyObject {
    var isImmediate: Bool { get }
    /// Hands what belongs to turns up to `turn` to the sink.
    func release(upTo turn: UInt64)
}

extension OutputPort: ReleasablePort {
    var isImmediate: Bool { release == .immediate }

    func release(upTo turn: UInt64) {
        guard let first = held.first, first.turn <= turn else { return }
        let ready = held.prefix { $0.turn <= turn }.map(\.payload)
        held.removeFirst(ready.count)
        sink(ready)
    }
}
