import Glibc

/// A long stream of bytes that shows what is lost, doubled or out of order.
///
/// The same bytes come again after a prime number of them, so never at the same place of a frame.
enum ByteStream {
    private static let period = 65_521
    private static let bytes: [UInt8] = {
        var state: UInt32 = 1
        let once = (0..<period).map { _ -> UInt8 in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(truncatingIfNeeded: state >> 24)
        }
        return once + once
    }()

    /// At most 64 kB of them.
    static func bytes(from offset: Int, count: Int) -> [UInt8] {
        let start = offset % period
        return Array(bytes[start..<start + min(count, period)])
    }

    /// Whether these are the stream's bytes from there on.
    static func matches(_ piece: [UInt8], from offset: Int) -> Bool {
        var done = 0
        while done < piece.count {
            let count = min(period, piece.count - done)
            let start = (offset + done) % period
            let isSame = bytes.withUnsafeBytes { expected in
                piece.withUnsafeBytes { piece in
                    guard let expected = expected.baseAddress, let piece = piece.baseAddress else {
                        return false
                    }
                    return memcmp(expected + start, piece + done, count) == 0
                }
            }
            guard isSame else { return false }
            done += count
        }
        return true
    }
}
