/// Lines that wait for the writer: bounded, so that a reader who stands still costs lines and not
/// memory or the core's time.
struct LogQueue {
    struct Limits: Sendable {
        /// Some seconds of a busy daemon at about 200 bytes a line.
        var waitingBytes = 1 << 20
    }

    private let limits: Limits
    private var lines: [String] = []
    private var waitingBytes = 0
    /// Lines that found no room since the writer last took some.
    private(set) var lost = 0
    /// Nothing is taken in any more; the writer ends when it has written what is there.
    private(set) var isClosed = false

    init(limits: Limits = Limits()) {
        self.limits = limits
    }

    mutating func append(_ line: String) {
        guard !isClosed, waitingBytes + line.utf8.count <= limits.waitingBytes else {
            lost += 1
            return
        }
        lines.append(line)
        waitingBytes += line.utf8.count
    }

    mutating func close() {
        isClosed = true
    }

    /// Everything that waits, and how many lines were lost before it could be taken.
    mutating func takeAll() -> (lines: [String], lost: Int) {
        defer {
            lines = []
            waitingBytes = 0
            lost = 0
        }
        return (lines, lost)
    }
}
