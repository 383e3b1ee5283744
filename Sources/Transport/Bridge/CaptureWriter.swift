import CLinux
import Engine
import Glibc
import Synchronization

/// Writes captures on a thread of its own, so that a slow disk holds up no socket.
final class CaptureWriter: Sendable {
    enum Order: Sendable {
        case begin(UInt64, BridgeCapture)
        case add(UInt64, [UInt8], CaptureLines.Side, at: Duration, CaptureBacklog)
        case end(UInt64, CaptureLines.End, at: Duration)
        case stop
    }

    private let orders: Outbox<Order>
    private let hasEnded: Outbox<Void>
    private let thread: SystemThread

    /// Nil when the system has no thread or descriptor left.
    ///
    /// - Parameter create: makes a new file to write to; negative when it cannot.
    init?(create: @escaping @Sendable (String) -> Int32 = CaptureFile.create) {
        guard let orders = try? Outbox<Order>(), let hasEnded = try? Outbox<Void>() else {
            return nil
        }
        let body: @Sendable () -> Void = {
            Self.run(orders, create)
            hasEnded.post(())
        }
        guard let thread = try? SystemThread(name: "captures", body) else { return nil }
        self.orders = orders
        self.hasEnded = hasEnded
        self.thread = thread
    }

    /// Callable from any thread; never blocks.
    func perform(_ order: Order) {
        orders.post(order)
    }

    /// Lets what is ordered be written, as far as the disk does it in time. The last call.
    func finish(within time: Duration) {
        orders.post(.stop)
        if clinux_wait_readable(hasEnded.descriptor, time.nanoseconds) > 0 {
            thread.join()
        } else {
            thread.detach()
        }
    }

    private static func run(_ orders: Outbox<Order>, _ create: (String) -> Int32) {
        var files: [UInt64: CaptureFile] = [:]
        while true {
            _ = clinux_wait_readable(orders.descriptor, -1)
            for order in orders.take() {
                switch order {
                case .begin(let id, let capture):
                    files[id] = CaptureFile(capture, descriptor: create(capture.path))
                case .add(let id, let bytes, let side, let time, let backlog):
                    if files[id]?.add(bytes, from: side, at: time) == false { files[id] = nil }
                    backlog.leave(bytes.count)
                case .end(let id, let end, let time):
                    files.removeValue(forKey: id)?.end(end, at: time)
                case .stop: return
                }
            }
        }
    }
}

/// How many bytes of one capture wait for the disk.
final class CaptureBacklog: Sendable {
    private let bytesMax: Int
    private let waiting = Atomic<Int>(0)

    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// What a waiting piece costs besides its bytes, so that many small ones are bounded too.
    private static let pieceBytes = 256

    /// False when there is no room. One thread only.
    func enter(_ bytes: Int) -> Bool {
        let wanted = bytes + Self.pieceBytes
        guard waiting.load(ordering: .relaxed) + wanted <= bytesMax else { return false }
        waiting.add(wanted, ordering: .relaxed)
        return true
    }

    func leave(_ bytes: Int) {
        waiting.subtract(bytes + Self.pieceBytes, ordering: .relaxed)
    }
}
