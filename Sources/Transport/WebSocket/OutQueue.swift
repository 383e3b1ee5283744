import Glibc

/// The frames that wait for one socket, within bounds.
struct OutQueue {
    private var frames: [WebSocketFrame] = []
    /// Index of the first frame that is not sent whole, and how much of it is.
    private var head = 0
    private var sentOfHead = 0
    /// Where the unsent frame of each key stands.
    private var positions: [UInt64: Int] = [:]
    private(set) var byteCount = 0
    private let bytesMax: Int
    private let framesMax: Int

    init(bytesMax: Int, framesMax: Int) {
        self.bytesMax = bytesMax
        self.framesMax = framesMax
    }

    var isEmpty: Bool { head == frames.count }

    /// False when the queue is full: this reader is too slow for what cannot be left out.
    mutating func append(_ frame: WebSocketFrame) -> Bool {
        if let key = frame.key {
            // The frame whose first bytes have left must not be changed.
            if let position = positions[key], position > head || sentOfHead == 0 {
                byteCount += frame.bytes.count - frames[position].bytes.count
                frames[position] = frame
                return true
            }
            positions[key] = frames.count
        }
        guard byteCount + frame.bytes.count <= bytesMax, frames.count - head < framesMax else {
            return false
        }
        appendAlways(frame)
        return true
    }

    /// For a closing frame, which must find room.
    mutating func appendAlways(_ frame: WebSocketFrame) {
        frames.append(frame)
        byteCount += frame.bytes.count
    }

    /// Drops what has not begun to leave, before a closing frame.
    mutating func dropUnsent() {
        let kept = sentOfHead > 0 ? head + 1 : head
        for frame in frames[kept...] { byteCount -= frame.bytes.count }
        frames.removeSubrange(kept...)
        positions = [:]
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

    private mutating func consume(_ sent: Int) {
        byteCount -= sent
        var rest = sent + sentOfHead
        while head < frames.count, rest >= frames[head].bytes.count {
            rest -= frames[head].bytes.count
            if let key = frames[head].key, positions[key] == head { positions[key] = nil }
            head += 1
        }
        sentOfHead = rest
        if head == frames.count {
            frames.removeAll(keepingCapacity: frames.count <= 256)
            head = 0
            positions.removeAll(keepingCapacity: true)
        } else if head >= 1024 {
            frames.removeFirst(head)
            for (key, position) in positions { positions[key] = position - head }
            head = 0
        }
    }
}
