import Glibc

/// A capture on the disk: whole lines within its limit, the last of which says how it ended.
///
/// Confined to the writer's thread.
final class CaptureFile {
    private let descriptor: Int32
    private let byteLimit: Int
    /// Of whole lines.
    private var bytes = 0

    /// Nil when there can be no file.
    ///
    /// - Parameter descriptor: the new file's, owned from now on.
    init?(_ capture: BridgeCapture, descriptor: Int32) {
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        byteLimit = capture.byteLimit
        guard append(CaptureLines.header(started: capture.started)) else { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// Never one that is there already, nor what a link leads to.
    static func create(_ path: String) -> Int32 {
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }

    /// False when this was the end.
    func add(_ data: [UInt8], from side: CaptureLines.Side, at time: Duration) -> Bool {
        let line = CaptureLines.data(data, from: side, at: time)
        guard bytes + line.count + CaptureLines.endBytesMax <= byteLimit else {
            end(.full, at: time)
            return false
        }
        guard append(line) else {
            end(.dropped, at: time)
            return false
        }
        return true
    }

    func end(_ end: CaptureLines.End, at time: Duration) {
        _ = append(CaptureLines.end(end, at: time))
    }

    /// Appends a whole line or, where the disk refuses, nothing of it.
    private func append(_ line: [UInt8]) -> Bool {
        var rest = line[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                ftruncate(descriptor, bytes)
                lseek(descriptor, bytes, SEEK_SET)
                return false
            }
            rest = rest.dropFirst(count)
        }
        bytes += line.count
        return true
    }
}
