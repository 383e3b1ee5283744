import CMicroHTTPD
import Glibc

/// One upgraded socket: its receiver, its queue, and how it ends.
///
/// Confined to the transport's thread.
final class WebSocketConnection {
    let id: UInt64
    let socket: Int32
    let listener: Listener
    private let handle: OpaquePointer
    let receiver: FrameReceiver
    var queue: OutQueue
    /// Frames wait that the kernel did not take; the loop watches for room.
    var isBlocked = false
    /// Where its messages go instead of the core.
    var bridge: Bridge?
    /// Not read, until the bridge's port has taken what waits for it.
    var isPaused = false
    /// In the list of sockets to flush at the end of the loop's turn.
    var isDirty = false
    var unansweredPings = 0
    var nextPing: Duration
    /// Set once a closing frame is queued: when the connection is dropped at the latest.
    var closeBy: Duration?
    /// The code that was told to the core; nil while it counts as open.
    var toldCode: UInt16?

    init(
        id: UInt64, socket: Int32, listener: Listener, handle: OpaquePointer,
        receiver: FrameReceiver, limits: TransportLimits, nextPing: Duration
    ) {
        self.id = id
        self.socket = socket
        self.listener = listener
        self.handle = handle
        self.receiver = receiver
        self.nextPing = nextPing
        queue = OutQueue(bytesMax: limits.queuedBytes, framesMax: limits.queuedFrames)
    }

    /// Lets the library close the socket; call once, then forget the connection.
    func release() {
        cmhd_close_upgraded(handle)
        listener.needsRun = true
    }
}
