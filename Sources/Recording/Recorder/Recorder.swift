package import Engine
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

    /// What waits for the recorder's thread, in order.
    private enum Piece {
        /// Lines of whole turns.
        case lines([UInt8])
        case order(Order)
    }

    private struct Handover {
        var pieces: [Piece] = []
        var waitingBytes = 0
        var hasOverflowed = false
        var isClosing = false

        mutating func add(_ lines: [UInt8]) {
            waitingBytes += lines.count
            guard case .lines(var last)? = pieces.last else { return pieces.append(.lines(lines)) }
            // Taken out first, so that it is not copied.
            pieces.removeLast()
            last += lines
            pieces.append(.lines(last))
        }
    }

    private enum Order: Sendable {
        case begin(path: String, RecordingSize)
        case end(path: String)
    }

    private let handover = Mutex(Handover())
    private let wake = Wakeup()
    private let limits: RecordingLimits
    private let encoder: LineEncoder
    private let header: RecordingHeader
    private let report: @Sendable (News) -> Void
    // Confined to the core's thread, which is the only caller of an observer.
    private nonisolated(unsafe) var lines: [UInt8] = []
    private nonisolated(unsafe) var time = Instant.start
    /// Whole turns only: what began unseen stays unseen.
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
            handover.pieces.append(.order(order))
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
        _ number: UInt64, event: UInt64, at time: Instant, payload: any StreamPayload
    ) {
        guard isSeeing else { return }
        encoder.input(number, event: event, at: time, payload, into: &lines)
        lines.append(UInt8(ascii: "\n"))
    }

    package func timer(_ owner: Any.Type, event: UInt64, at time: Instant) {
        guard isSeeing else { return }
        encoder.timer(owner, event: event, at: time, into: &lines)
        lines.append(UInt8(ascii: "\n"))
    }

    package func output(
        _ number: UInt64, event: UInt64, at time: Instant, payload: any StreamPayload
    ) {
        guard isSeeing else { return }
        encoder.output(number, event: event, at: time, payload, into: &lines)
        lines.append(UInt8(ascii: "\n"))
    }

    package func note(_ entry: LogEntry, event: UInt64, at time: Instant) {
        guard isSeeing else { return }
        encoder.note(entry, event: event, at: time, into: &lines)
        lines.append(UInt8(ascii: "\n"))
    }

    package func turnEnded(_ turn: UInt64, events: UInt64, trace: UInt64) {
        guard isSeeing else { return hasMissed.store(true, ordering: .releasing) }
        encoder.turn(turn, at: time, events: events, trace: trace, into: &lines)
        lines.append(UInt8(ascii: "\n"))
        handover.withLock { handover in
            guard !handover.hasOverflowed else { return }
            guard handover.waitingBytes + lines.count <= limits.waitingBytes else {
                handover.hasOverflowed = true
                return
            }
            handover.add(lines)
        }
        lines.removeAll(keepingCapacity: true)
        wake.signal()
    }

    // MARK: On the recorder's thread

    private func write(into files: RecorderFiles) {
        // Whoever is served or turned goes first; what waits is bounded.
        SystemThread.stepBack()
        var isClosing = false
        while !isClosing {
            wake.wait(nanoseconds: nil)
            // Gathers what comes in the meantime, so that a busy station costs few wake-ups.
            SystemThread.sleep(limits.flushInterval)
            let work = handover.withLock { handover in
                defer {
                    handover.pieces = []
                    handover.waitingBytes = 0
                    handover.hasOverflowed = false
                }
                return handover
            }
            isClosing = work.isClosing
            write(work.pieces, into: files)
            if work.hasOverflowed { files.endAll("the disk is too slow for this much traffic") }
        }
        files.close()
    }

    private func write(_ pieces: [Piece], into files: RecorderFiles) {
        for piece in pieces {
            switch piece {
            case .lines(let lines): files.append(lines)
            case .order(.begin(let path, let size)):
                files.begin(
                    path, size, isHistory: false, hasMissed: hasMissed.load(ordering: .acquiring))
            case .order(.end(let path)): files.end(path)
            }
        }
        handover.withLock { handover in
            guard handover.pieces.isEmpty, !files.isWriting else { return }
            isWriting.store(false, ordering: .releasing)
        }
    }
}
