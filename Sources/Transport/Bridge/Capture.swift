/// What one bridge gives to its capture. Never blocks; confined to the transport's thread.
final class Capture {
    private let id: UInt64
    private let plan: BridgeCapture
    private let writer: CaptureWriter
    private let backlog: CaptureBacklog
    /// When the bridge opened; nil while and after nothing is written.
    private var opened: Duration?

    /// - Parameter id: tells it from the writer's other captures.
    init(id: UInt64, _ plan: BridgeCapture, writer: CaptureWriter, bytesMax: Int) {
        self.id = id
        self.plan = plan
        self.writer = writer
        backlog = CaptureBacklog(bytesMax: bytesMax)
    }

    func begin(at now: Duration) {
        opened = now
        writer.perform(.begin(id, plan))
    }

    func add(_ bytes: [UInt8], from side: CaptureLines.Side, at now: Duration) {
        guard let opened, !bytes.isEmpty else { return }
        guard backlog.enter(bytes.count) else { return end(.dropped, at: now) }
        writer.perform(.add(id, bytes, side, at: now - opened, backlog))
    }

    func end(_ end: CaptureLines.End = .closed, at now: Duration) {
        guard let opened else { return }
        self.opened = nil
        writer.perform(.end(id, end, at: now - opened))
    }
}
