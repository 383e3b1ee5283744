import CLinux
import Glibc
import Synchronization

/// What other threads want from one of the transport's threads, and what wakes it.
final class Outbox<Order: Sendable>: Sendable {
    /// Readable while orders wait.
    let descriptor: Int32
    private let orders = Mutex<[Order]>([])

    init() throws(TransportError) {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        guard descriptor >= 0 else {
            throw .noResources(reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Callable from any thread.
    func post(_ order: Order) {
        let wasEmpty = orders.withLock { orders in
            orders.append(order)
            return orders.count == 1
        }
        guard wasEmpty else { return }
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    func take() -> [Order] {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
        return orders.withLock { orders in
            defer { orders = [] }
            return orders
        }
    }
}
