import Glibc

/// The frames that wait for one socket, within bounds.
///
/// The bounds are on frames that cannot be left out. One with a key waits once a key only, and its
/// bytes are shared with every other socket that it waits for: a slow socket costs nothing but a
/// place for each key.
struct OutQueue {
    private var frames: [WebSocketFrame] = []
    /// Index of the first frame that is not sent whole, and how much of it is.
    private var head = 0
    private var sentOfHead = 0
    /// Where the unsent frame of each key stands.
    private var positions: [UInt64: Int] = [:]
    /// Of the waiting frames without a key.
    private var lossless = (frames: 0, bytes: 0)
    /// Of the frames before the head, which are kept to be removed at once.
    private var bytesBehind = 0
    private let bytesMax: Int
    private let framesMax: Int

    init(bytesMax: Int, framesMax: Int) {
        self.bytesMax = bytesMax
        self.framesMax = framesMax
    }

    var isEmpty: Bool { head == frames.count }

    /// Of the waiting frames that cannot be left out.
    var waitingBytes: Int { lossless.bytes }

    /// False when the queue is full: this reader is too slow for what cannot be left out.
    mutating func append(_ frame: WebSocketFrame) -> Bool {
        if let key = frame.key {
            // The frame whose first bytes have left must not be changed.
            if let position = positions[key], position > head || sentOfHead == 0 {
                frames[position] = frame
            } else {
                positions[key] = frames.count
                frames.append(frame)
            }
            return true
        }
        guard lossless.bytes + frame.bytes.count <= bytesMax, lossless.frames < framesMax else {
            return false
        }
        appendAlways(frame)
        return true
    }

    /// For a closing frame, which must find room.
    mutating func appendAlways(_ frame: WebSocketFrame) {
        frames.append(frame)
        count(frame, 1)
    }

    private mutating func count(_ frame: WebSocketFrame, _ sign: Int) {
        guard frame.key == nil else { return }
        lossless.frames += sign
        lossless.bytes += sign * frame.bytes.count
    }

    /// Drops what has not begun to leave, before a closing frame.
    mutating func dropUnsent() {
        let kept = sentOfHead > 0 ? head + 1 : head
        for frame in frames[kept...] { count(frame, -1) }
        frames.removeSubrange(kept...)
        positions = [:]
    }

    /// Drops everything, when nobody is left to send it to.
    mutating func dropAll() {
        self = OutQueue(bytesMax: bytesMax, framesMax: framesMax)
    }

    enum Outcome {
        case empty
        /// The kernel takes no more now.
        case blocked
        case broken
    }

    /// Frames of one system call; the kernel takes at most 1,024, and 64 fill a socket buffer.
    private static let framesPerWrite = 64

    /// Sends as much as the kernel takes.
    mutating func flush(to socket: Int32) -> Outcome {
        while !isEmpty {
            var vectors: [iovec] = []
            let batch = frames[head..<min(head + Self.framesPerWrite, frames.count)]
            var offset = sentOfHead
            for frame in batch {
                frame.bytes.withUnsafeBytes { bytes in
                    // `frames` holds the storage until `sendmsg` returns, and an array of a
                    // `let` in a class does not move.
                    vectors.append(
                        iovec(
                            iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress)
                                .map { $0 + offset },
                            iov_len: bytes.count - offset))
                }
                offset = 0
            }
            let sent = vectors.withUnsafeMutableBufferPointer { vectors in
                var message = msghdr()
                message.msg_iov = vectors.baseAddress
                message.msg_iovlen = vectors.count
                return sendmsg(socket, &message, Int32(MSG_NOSIGNAL))
            }
            guard sent >= 0 else {
                if errno == EINTR { continue }
                return errno == EAGAIN || errno == EWOULDBLOCK ? .blocked : .broken
            }
            consume(sent)
        }
        return .empty
    }

    /// The same through a function that says how many bytes it took: 0 for none now, nil when the
    /// connection is broken.
    ///
    /// It gets one frame at a time, again from the same place when it did not take all: OpenSSL
    /// wants a write that it could not finish as it was (SSL_write(3)).
    mutating func flush(through write: (UnsafeRawBufferPointer) -> Int?) -> Outcome {
        while !isEmpty {
            let sent = frames[head].bytes.withUnsafeBytes {
                write(UnsafeRawBufferPointer(rebasing: $0[sentOfHead...]))
            }
            guard let sent else { return .broken }
            guard sent > 0 else { return .blocked }
            consume(sent)
        }
        return .empty
    }

    private mutating func consume(_ sent: Int) {
        var rest = sent + sentOfHead
        while head < frames.count, rest >= frames[head].bytes.count {
            rest -= frames[head].bytes.count
            bytesBehind += frames[head].bytes.count
            count(frames[head], -1)
            if let key = frames[head].key, positions[key] == head { positions[key] = nil }
            head += 1
        }
        sentOfHead = rest
        if head == frames.count {
            frames.removeAll(keepingCapacity: frames.count <= 256)
            head = 0
            bytesBehind = 0
            positions.removeAll(keepingCapacity: true)
        } else if head >= Self.framesBehindMax || bytesBehind >= Self.bytesBehindMax {
            frames.removeFirst(head)
            for (key, position) in positions { positions[key] = position - head }
            head = 0
            bytesBehind = 0
        }
    }

    /// What is sent and still kept, at most: a queue that is never empty must not grow.
    private static let framesBehindMax = 1024
    private static let bytesBehindMax = 256 * 1024
}
