import CLinux
import Engine
import Glibc
import Synchronization

/// The program's log on standard error: callers only put lines into a queue, one thread writes.
///
/// `write` is safe on any thread and never waits for the reader of the log.
final class Log: Sendable {
    private let threshold: LogLevel
    private let format: LogFormat
    private let style: LogLine.Style
    private let output: Int32
    private let queue = Mutex(LogQueue())
    /// Counts what there is to do; the writer sleeps on it.
    private let bell: Int32
    private let ended: Int32

    /// `output` stays open and belongs to the caller.
    init(
        format: LogFormat, threshold: LogLevel, style: LogLine.Style, output: Int32 = STDERR_FILENO
    ) {
        self.format = format
        self.threshold = threshold
        self.style = style
        self.output = output
        bell = eventfd(0, Int32(EFD_CLOEXEC))
        ended = eventfd(0, Int32(EFD_CLOEXEC))
        startWriter()
    }

    deinit {
        Glibc.close(bell)
        Glibc.close(ended)
    }

    func write(_ entry: LogEntry) {
        guard entry.level >= threshold else { return }
        let line = LogLine(entry).text(format, style)
        queue.withLock { $0.append(line) }
        ring(bell)
    }

    /// Writes a line about the program itself, with the wall clock's time.
    func write(
        _ level: LogLevel, _ component: String, _ message: StaticString,
        _ fields: KeyValuePairs<String, String> = [:]
    ) {
        write(
            LogEntry(
                time: Self.now(), level: level, component: component, message: "\(message)",
                fields: fields.map { (name: $0.key, value: $0.value) }))
    }

    /// Takes no more lines, and waits until what is queued is written, at most `patience`.
    ///
    /// Returns whether everything was written. For the end of the program; once.
    @discardableResult
    func close(patience: Duration = .seconds(2)) -> Bool {
        queue.withLock { $0.close() }
        ring(bell)
        return waitForWriter(patience: patience)
    }

    /// Waits until the writer has ended, after `close`.
    func waitForWriter(patience: Duration) -> Bool {
        let (seconds, attoseconds) = patience.components
        let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        return clinux_wait_readable(ended, nanoseconds) > 0
    }

    // MARK: The writer

    private func startWriter() {
        do throws(SystemThreadError) {
            try SystemThread(name: "log") { [self] in
                while writeWaiting() {}
                ring(ended)
            }.detach()
        } catch {
            preconditionFailure("no thread for the log: \(error.reason)")
        }
    }

    /// Sleeps until there is something, writes it; false when it was the last.
    private func writeWaiting() -> Bool {
        var count: UInt64 = 0
        _ = read(bell, &count, MemoryLayout<UInt64>.size)
        let (batch, isClosed) = queue.withLock { ($0.takeAll(), $0.isClosed) }
        FileWriting.write(batch.lines.joined(), to: output)
        // What was lost came after what was queued.
        if batch.lost > 0 {
            FileWriting.write(lossLine(batch.lost), to: output)
        }
        return !isClosed
    }

    private func lossLine(_ lost: Int) -> String {
        let entry = LogEntry(
            time: Self.now(), level: .warning, component: "log", message: "lines lost",
            fields: [(name: "lines", value: "\(lost)")])
        return LogLine(entry).text(format, style)
    }

    private static func now() -> UTCTime {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return UTCTime(nanoseconds: Int64(now.tv_sec) &* 1_000_000_000 &+ Int64(now.tv_nsec))
    }

    private func ring(_ descriptor: Int32) {
        var one: UInt64 = 1
        _ = Glibc.write(descriptor, &one, MemoryLayout<UInt64>.size)
    }
}
