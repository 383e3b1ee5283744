package import Engine
import JSON
import Synchronization

/// Writes down everything that crosses a core's border, on a thread of its own.
///
/// The core makes the lines while what they tell of is at hand, which costs less than to keep it
/// for later; files are written elsewhere. When the disk cannot keep up the recording ends and says
/// so.
package final class Recorder: CoreObserver {
    /// What a recorder has for its owner.
    package enum News: Sendable, Equatable {
        /// A recording can go on no longer; the station does.
        case ended(path: String, reason: String)
        case started(path: String)
    }

    /// What waits for the recorder's thread.
    private struct Handover {
        /// Lines of whole turns.
        var lines: [UInt8] = []
        /// Orders, each after so many bytes of the lines.
        var orders: [(after: Int, order: Order)] = []
        var hasOverflowed = false
        var isClosing = false
    }

    private enum Order: Sendable {
        case begin(path: String, RecordingSize)
        case end(path: String)
    }

    private let handover = Mutex(Handover())
    private let wake = Wakeup()
    /// Signalled when a block is worth being written before its time.
    private let blockIsFull = Wakeup()
    private let limits: RecordingLimits
    private let encoder: LineEncoder
    private let header: RecordingHeader
    private let report: @Sendable (News) -> Void
    // These three are confined to the core's thread, which is the only caller of an observer: a
    // lock for every line would cost more than the line.
    private nonisolated(unsafe) var pen: PayloadWriter
    private nonisolated(unsafe) var time = Instant.start
    // Whole turns only: what began unseen stays unseen.
    private nonisolated(unsafe) var isSeeing = false
    private let thread = Mutex<SystemThread?>(nil)
    /// Whether any file is written; without one a turn costs a glance at this.
    private let isWriting: Atomic<Bool>
    /// Whether a turn went by unseen, so that no file begun now can begin with the first.
    private let hasMissed = Atomic<Bool>(false)

    /// - Parameters:
    ///   - rows: the store's rows, table by table, as the station starts from them.
    ///   - history: where everything since the start is kept for as long as there is room, so that
    ///     a recording can be begun later and still start at the start; nil for no such file.
    ///   - report: called on the recorder's thread.
    package init(
        header: RecordingHeader, rows: [RecordedRow], redaction: Redaction,
        history: (path: String, size: RecordingSize)? = nil,
        limits: RecordingLimits = RecordingLimits(), report: @escaping @Sendable (News) -> Void
    ) throws(SystemThreadError) {
        self.header = header
        self.limits = limits
        self.report = report
        encoder = LineEncoder(redaction: redaction)
        pen = encoder.newWriter()
        isWriting = Atomic(history != nil)
        var start: [UInt8] = []
        for row in rows { start += encoder.row(row.table, row.row) + [UInt8(ascii: "\n")] }
        let first = start
        let thread = try SystemThread(name: "recorder") { [self] in
            let files = RecorderFiles(header: header, start: first, report: report)
            if let history {
                files.begin(history.path, history.size, isHistory: true, hasMissed: false)
            }
            write(into: files)
        }
        self.thread.withLock { $0 = thread }
    }

    /// Begins to write a recording, with everything since the start where it is still known.
    /// Callable from any thread.
    package func begin(path: String, size: RecordingSize) {
        order(.begin(path: path, size))
    }

    /// Ends a recording; the others go on. Callable from any thread.
    package func end(path: String) {
        order(.end(path: path))
    }

    /// Writes what waits and ends; blocks the caller, who has stopped the core.
    package func close() {
        handover.withLock { $0.isClosing = true }
        wake.signal()
        thread.withLock { thread in
            defer { thread = nil }
            return thread
        }?.join()
    }

    private func order(_ order: Order) {
        handover.withLock { handover in
            handover.orders.append((after: handover.lines.count, order: order))
            if case .begin = order { isWriting.store(true, ordering: .releasing) }
        }
        wake.signal()
    }

    // MARK: On the core's thread

    package func turnBegan(_ turn: UInt64, at time: Instant, utc: UTCTime) {
        self.time = time
        isSeeing = isWriting.load(ordering: .acquiring)
    }

    package func input(
        _ number: UInt64, event: UInt64, at time: Instant, payload: some StreamPayload
    ) {
        guard isSeeing else { return }
        encoder.input(number, event: event, at: time, payload, into: &pen)
        pen.json.endLine()
    }

    package func timer(_ owner: Any.Type, event: UInt64, at time: Instant) {
        guard isSeeing else { return }
        encoder.timer(owner, event: event, at: time, into: &pen)
        pen.json.endLine()
    }

    package func output(
        _ number: UInt64, event: UInt64, at time: Instant, payload: some StreamPayload
    ) {
        guard isSeeing else { return }
        encoder.output(number, event: event, at: time, payload, into: &pen)
        pen.json.endLine()
    }

    package func note(_ entry: LogEntry, event: UInt64, at time: Instant) {
        guard isSeeing else { return }
        encoder.note(entry, event: event, at: time, into: &pen)
        pen.json.endLine()
    }

    package func turnEnded(_ turn: UInt64, events: UInt64, trace: UInt64) {
        guard isSeeing else { return hasMissed.store(true, ordering: .releasing) }
        encoder.turn(turn, at: time, events: events, trace: trace, into: &pen)
        pen.json.endLine()
        let waitingBytes = pen.json.withBytes { lines in
            handover.withLock { handover in
                if handover.lines.count + lines.count > limits.waitingBytes {
                    handover.hasOverflowed = true
                }
                if !handover.hasOverflowed { handover.lines += lines }
                return handover.lines.count
            }
        }
        pen.json.removeAll()
        wake.signal()
        if waitingBytes >= limits.blockBytes { blockIsFull.signal() }
    }

    // MARK: On the recorder's thread

    private func write(into files: RecorderFiles) {
        // Whoever is served or turned goes first; what waits is bounded.
        SystemThread.stepBack()
        // Changes places with the core's, and so keeps its room: fresh memory for every block would
        // cost more than the lines themselves.
        var lines: [UInt8] = []
        var isClosing = false
        while !isClosing {
            wake.wait(nanoseconds: nil)
            // Gathers what comes in the meantime, so that a busy station costs few wake-ups.
            blockIsFull.wait(nanoseconds: limits.flushInterval.nanoseconds)
            var orders: [(after: Int, order: Order)] = []
            var hasOverflowed = false
            handover.withLock { handover in
                swap(&lines, &handover.lines)
                swap(&orders, &handover.orders)
                swap(&hasOverflowed, &handover.hasOverflowed)
                isClosing = handover.isClosing
            }
            write(lines, orders, into: files)
            if hasOverflowed { files.endAll("the disk is too slow for this much traffic") }
            lines.removeAll(keepingCapacity: lines.capacity <= limits.keptBytes)
        }
        files.close()
    }

    private func write(
        _ lines: [UInt8], _ orders: [(after: Int, order: Order)], into files: RecorderFiles
    ) {
        var start = 0
        for (after, order) in orders {
            files.append(lines[start..<after])
            start = after
            switch order {
            case .begin(let path, let size):
                files.begin(
                    path, size, isHistory: false, hasMissed: hasMissed.load(ordering: .acquiring))
            case .end(let path): files.end(path)
            }
        }
        files.append(lines[start...])
        handover.withLock { handover in
            guard handover.lines.isEmpty, handover.orders.isEmpty, !files.isWriting else { return }
            isWriting.store(false, ordering: .releasing)
        }
    }
}
