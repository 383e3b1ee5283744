package import Engine
import Synchronization

/// Writes down everything that crosses a core's border, on a thread of its own.
///
/// The core only appends to a list in memory; what is written becomes lines, pseudonyms and files
/// elsewhere. When the thread cannot keep up the recording ends and says so.
package final class Recorder: CoreObserver {
    private enum Entry {
        case input(UInt64, event: UInt64, Instant, any StreamPayload)
        case timer(Any.Type, event: UInt64, Instant)
        case output(UInt64, event: UInt64, Instant, any StreamPayload)
        case note(LogEntry, event: UInt64, Instant)
        case turn(UInt64, Instant, events: UInt64, trace: UInt64)
        /// Stands between turns: what it begins has every turn after it.
        case order(Order)
    }

    /// What a recorder has for its owner.
    package enum News: Sendable, Equatable {
        /// A recording can go on no longer; the station does.
        case ended(path: String, reason: String)
        case started(path: String)
    }

    private struct Handover {
        var entries: [Entry] = []
        var hasOverflowed = false
        var isClosing = false
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
    private nonisolated(unsafe) var current: [Entry] = []
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
            handover.entries.append(.order(order))
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
        current.append(.input(number, event: event, self.time, payload))
    }

    package func timer(_ owner: Any.Type, event: UInt64, at time: Instant) {
        guard isSeeing else { return }
        current.append(.timer(owner, event: event, time))
    }

    package func output(
        _ number: UInt64, event: UInt64, at time: Instant, payload: any StreamPayload
    ) {
        guard isSeeing else { return }
        current.append(.output(number, event: event, time, payload))
    }

    package func note(_ entry: LogEntry, event: UInt64, at time: Instant) {
        guard isSeeing else { return }
        current.append(.note(entry, event: event, time))
    }

    package func turnEnded(_ turn: UInt64, events: UInt64, trace: UInt64) {
        guard isSeeing else { return hasMissed.store(true, ordering: .releasing) }
        current.append(.turn(turn, time, events: events, trace: trace))
        let limit = limits.waitingEntries
        handover.withLock { handover in
            guard !handover.hasOverflowed else { return }
            guard handover.entries.count + current.count <= limit else {
                handover.hasOverflowed = true
                return
            }
            if handover.entries.isEmpty {
                swap(&handover.entries, &current)
            } else {
                handover.entries += current
            }
        }
        current.removeAll(keepingCapacity: true)
        wake.signal()
    }

    // MARK: On the recorder's thread

    private func write(into files: RecorderFiles) {
        var isClosing = false
        while !isClosing {
            wake.wait(nanoseconds: nil)
            // Gathers what comes in the meantime, so that a busy station costs few wake-ups.
            SystemThread.sleep(limits.flushInterval)
            let work = handover.withLock { handover in
                defer {
                    handover.entries = []
                    handover.hasOverflowed = false
                }
                return handover
            }
            isClosing = work.isClosing
            write(work.entries, into: files)
            if work.hasOverflowed { files.endAll("the disk is too slow for this much traffic") }
        }
        files.close()
    }

    private func write(_ entries: [Entry], into files: RecorderFiles) {
        var lines: [UInt8] = []
        for entry in entries {
            guard case .order(let order) = entry else {
                add(entry, to: &lines)
                lines.append(UInt8(ascii: "\n"))
                continue
            }
            files.append(lines)
            lines.removeAll(keepingCapacity: true)
            switch order {
            case .begin(let path, let size):
                files.begin(
                    path, size, isHistory: false, hasMissed: hasMissed.load(ordering: .acquiring))
            case .end(let path): files.end(path)
            }
        }
        files.append(lines)
        handover.withLock { handover in
            guard handover.entries.isEmpty, !files.isWriting else { return }
            isWriting.store(false, ordering: .releasing)
        }
    }

    private func add(_ entry: Entry, to lines: inout [UInt8]) {
        switch entry {
        case .input(let number, let event, let time, let payload):
            encoder.input(number, event: event, at: time, payload, into: &lines)
        case .timer(let owner, let event, let time):
            encoder.timer(owner, event: event, at: time, into: &lines)
        case .output(let number, let event, let time, let payload):
            encoder.output(number, event: event, at: time, payload, into: &lines)
        case .note(let entry, let event, let time):
            encoder.note(entry, event: event, at: time, into: &lines)
        case .turn(let number, let time, let events, let trace):
            encoder.turn(number, at: time, events: events, trace: trace, into: &lines)
        case .order: break
        }
    }
}
