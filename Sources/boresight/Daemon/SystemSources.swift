import CLinux
import Engine
import Glibc

/// Secrets and seeds from the kernel.
enum SystemEntropy {
    static func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let step = bytes.withUnsafeMutableBytes {
                getrandom($0.baseAddress.map { $0 + filled }, count - filled, 0)
            }
            // Only a signal can interrupt it once the kernel has collected enough (getrandom(2)).
            if step > 0 { filled += step }
        }
        return bytes
    }

    static func number() -> UInt64 {
        bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// The wall clock at the start; from then on the core follows it by itself.
enum WallClock {
    static var now: UTCTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UTCTime(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }
}
